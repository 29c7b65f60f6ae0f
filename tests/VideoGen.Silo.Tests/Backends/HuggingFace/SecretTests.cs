using System.Diagnostics;
using VideoGen.Grains.Backends;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

public sealed class SecretTests
{
    private const string Script = "my very private script";

    [Fact]
    public async Task Token_script_and_signed_urls_are_in_no_log_error_or_trace()
    {
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Add(string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))),
        };
        ActivitySource.AddActivityListener(listener);
        using var hub = new Hub().ServesWan();
        var echo = $$"""{"error":"Bearer {{Hub.Token}} may not do this","token":"{{Hub.Token}}"}""";
        hub.Http.On("POST", Hub.FalSubmit,
            _ => ScriptedHttp.Answer(
                403, System.Text.Encoding.UTF8.GetBytes(echo), headers: [("x-request-id", "id " + Hub.Token)]),
            _ => throw new HttpRequestException($"reset {Hub.Token}"),
            _ => ScriptedHttp.Answer(200, "<html>"u8.ToArray()),
            _ => ScriptedHttp.Answer(200, System.Text.Encoding.UTF8.GetBytes(Hub.FalAccepted)));
        hub.Http.On("GET", "https://cdn.example/a.mp4?X-Amz-Signature=veryprivate", _ => throw new HttpRequestException("no"));
        var order = Hub.Order(script: Script);
        var outcomes = new List<object>();

        for (var attempt = 0; attempt < 4; attempt++)
        {
            outcomes.Add(await hub.SubmitAsync(order));
        }

        outcomes.Add(await hub.PlanAsync(order));
        outcomes.Add(await hub.Backend.FetchAsync(order, await hub.PlanAsync(order), new("1", "/x"),
            new("https://cdn.example/a.mp4?X-Amz-Signature=veryprivate"), CancellationToken.None));

        Assert.IsType<SubmitOutcome.Accepted>(outcomes[3]);
        Assert.Contains(hub.Logs.Lines, line => line.Contains("accepted job 764c", StringComparison.Ordinal));
        var everything = string.Join('\n', [.. hub.Logs.Lines, .. outcomes.Select(outcome => outcome.ToString()!), .. spans]);
        Assert.DoesNotContain(Hub.Token, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Script, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("veryprivate", everything, StringComparison.Ordinal);
        Assert.Contains("[removed]", everything, StringComparison.Ordinal);
    }
}
