using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests;

/// <summary>The token goes to Hugging Face and nowhere else. Every other test watches for it too.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task Not_even_at_the_finest_log_level_the_token_is_written()
    {
        await using var hub = await Hub.StartAsync();
        hub.Faults.Add(FaultKind.Refuse, "refused", status: 422);
        await using var api = await ApiProcess.StartAsync(
        [
            .. hub.Settings("fal-ai"),
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__System.Net.Http.HttpClient", "Trace"),
            ("Logging__LogLevel__Microsoft", "Warning"),
            ("Logging__LogLevel__Orleans", "Warning"),
        ]);
        var image = await api.Client.UploadAsync();

        foreach (var script in (string[])["made", "refused"])
        {
            await api.Client.EndAsync(await api.Client.OrderAsync(image, script));
        }

        Assert.Contains("accepted it as job", api.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Hub.Token, api.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_written_is_noticed()
    {
        using var api = ProductProcess.Start(
            "VideoGen.Api", ["--urls", "http://127.0.0.1:0"],
            [("HF_TOKEN", Hub.Token), ("VideoGen__Media__MaxUploadBytes", Hub.Token)]);    // the complaint quotes the setting

        Assert.Equal(1, await api.ExitAsync(TimeSpan.FromSeconds(180)));
        Assert.Contains(Hub.Token, api.Leak, StringComparison.Ordinal);
    }
}
