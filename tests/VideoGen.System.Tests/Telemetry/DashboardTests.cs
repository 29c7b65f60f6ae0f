using System.Net;
using System.Net.Http.Headers;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Telemetry;

/// <summary>The Orleans dashboard shows what users wrote: it is there for who has its token, and otherwise not at all.</summary>
[Collection(nameof(Alone))]
public sealed class DashboardTests
{
    private const string Setting = "VideoGen__Dashboard__Token";
    private const string Token = "correct-horse-battery";

    private static readonly string[] Paths =
        ["/dashboard", "/dashboard/", "/Dashboard/DashboardCounters", "/dashboard/Reminders/1", "/dashboard/Trace"];

    [Fact]
    public async Task Without_a_token_in_the_settings_there_is_none_and_with_one_it_opens_to_nothing_else()
    {
        await using var api = await ApiProcess.StartAsync((Setting, ""));
        Assert.All(await AskAsync(api.Client, null), status => Assert.Equal(HttpStatusCode.NotFound, status));

        api.Change(Setting, Token);
        await api.StopAsync();
        await api.RestartAsync();

        string?[] others =
            [null, $"Bearer {Token}x", "Bearer", Basic("admin:wrong"), Basic(Token), "Basic ///", "Digest " + Token];
        foreach (var other in others)
        {
            Assert.All(await AskAsync(api.Client, other), status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        }

        Assert.Equal(HttpStatusCode.OK, await AskOneAsync(api.Client, Paths[1], Basic($"anybody:{Token}")));
        Assert.Equal(HttpStatusCode.OK, await AskOneAsync(api.Client, Paths[2], $"Bearer {Token}"));
        await MayLoadItsOwnFilesAsync(api.Client);
    }

    /// <summary>Everything else may load nothing, which would leave this page blank.</summary>
    private static async Task MayLoadItsOwnFilesAsync(HttpClient client)
    {
        using var page = await AskForAsync(client, Paths[1], $"Bearer {Token}");
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<HttpStatusCode>> AskAsync(HttpClient client, string? credential)
    {
        List<HttpStatusCode> answers = [];
        foreach (var path in Paths)
        {
            answers.Add(await AskOneAsync(client, path, credential));
        }

        return answers;
    }

    private static async Task<HttpStatusCode> AskOneAsync(HttpClient client, string path, string? credential)
    {
        using var answer = await AskForAsync(client, path, credential);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> AskForAsync(HttpClient client, string path, string? credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = credential is null ? null : AuthenticationHeaderValue.Parse(credential);
        return await client.SendAsync(request);
    }

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));
}
