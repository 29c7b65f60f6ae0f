using System.Net.Http.Json;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Webhooks;

/// <summary>From an order to somebody's server, by the standalone product and over SIGKILLs.</summary>
public sealed class WebhookTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public async Task Killed_while_it_tells_a_receiver_it_tells_it_again_under_the_same_id()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = number => number == 1 ? 0 : 204;
        await using var api = await StartAsync();
        var id = await OrderAsync(api.Client, receiver.Url);
        await Eventually.TrueAsync(() => receiver.Got.Count == 1, "The receiver was not told.");

        await api.KillAsync();
        await api.RestartAsync();

        var log = await UntilAsync(api.Client, id, "delivered");
        Assert.True(receiver.Got.Count > 1);
        Assert.Equal(log.Text("webhookId"), Assert.Single(receiver.Got.Select(one => one.Id).Distinct()));
        Assert.Single(receiver.Got.Select(one => one.Body).Distinct());
        var told = JsonDocument.Parse(receiver.Got[0].Body).RootElement;
        Assert.Equal(("generation.completed", id), (told.Text("type"), told.GetProperty("data").Text("id")));
        Assert.DoesNotContain("t0psecret", api.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret["whsec_".Length..], api.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_at_whatever_moment_around_the_end_it_loses_no_webhook()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var api = await StartAsync();
        List<string> ids = [];
        for (var round = 0; round < 3; round++)
        {
            var id = await OrderAsync(api.Client, receiver.Url);
            ids.Add(id);
            await (round == 0
                ? api.Client.EndAsync(id)
                : Eventually.GetAsync(() => api.Client.GetGenerationAsync(id),
                    one => one.Text("stage") is "finishing" or "done", one => $"It is still {one}."));
            await api.KillAsync();
            await api.RestartAsync();
        }

        foreach (var id in ids)
        {
            await UntilAsync(api.Client, id, "delivered");
        }

        Assert.Equal(ids.Order(),
            receiver.Got.Select(one => JsonDocument.Parse(one.Body).RootElement.GetProperty("data").Text("id")!)
            .Distinct().Order());
        Assert.Equal(3, receiver.Got.Select(one => one.Id).Distinct().Count());
    }

    private static Task<ApiProcess> StartAsync() => ApiProcess.StartAsync(
        ("VideoGen__Webhooks__Secret", Secret), ("VideoGen__Webhooks__AllowHttp", "true"),
        ("VideoGen__Webhooks__RetryDelays", "00:00:01 00:00:01 00:00:01 00:00:01"), ("VideoGen__Outgoing__Allow", "127.0.0.1"));

    private static async Task<string> OrderAsync(HttpClient client, string url)
    {
        using var response = await client.PostAsJsonAsync("/generate-video", new
        {
            characterImageUrl = await client.UploadAsync(),
            script = "She waves.",
            duration = Film.Seconds,
            quality = $"{Film.Side}",
            webhookUrl = url,
        });
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).Text("id")!;
    }

    /// <summary>Asks until the only webhook of a generation stands as wanted.</summary>
    private static Task<JsonElement> UntilAsync(HttpClient client, string id, string status) => Eventually.GetAsync(
        async () =>
        {
            using var response = await client.GetAsync($"/generation/{id}/webhook");
            response.EnsureSuccessStatusCode();
            return (await response.JsonAsync()).GetProperty("deliveries").EnumerateArray().SingleOrDefault();
        },
        one => one.ValueKind is JsonValueKind.Object && one.Text("status") == status,
        one => $"The webhook of {id} is still {one}.");
}
