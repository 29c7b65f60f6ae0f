using System.Net;
using System.Net.Http.Headers;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>API keys in the real program: made while it runs, over its restart, and revoked.</summary>
public sealed class ApiKeyTests
{
    [Fact]
    public async Task A_film_ordered_with_a_key_is_its_owners_alone_and_the_key_outlives_a_restart()
    {
        await using var api = await ApiProcess.StartAsync();
        Assert.Contains("is open to everybody", api.Log, StringComparison.Ordinal);
        var before = await api.Client.UploadAsync();
        using var alice = With(api, await api.MakeKeyAsync("alice"));
        using var bob = With(api, await api.MakeKeyAsync("bob"));
        await Eventually.GetAsync(() => StatusAsync(bob, "/generations"), status => status is HttpStatusCode.OK, status =>
            $"{status}");

        var image = await alice.UploadAsync();
        var id = await alice.OrderAsync(image, "She waves.");
        var film = await alice.EndAsync(id);
        await api.KillAsync();
        await api.RestartAsync();

        Assert.Equal("completed", film.Text("status"));
        Assert.DoesNotContain("is open to everybody", api.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api.Client, film.Text("videoUrl")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api.Client, film.Text("posterUrl")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(alice, film.Text("videoUrl").Split('?')[0]));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(api.Client, film.Text("videoUrl").Split('?')[0]));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(bob, film.Text("videoUrl").Split('?')[0]));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(bob, "/generation/" + id));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(alice, before));
        Assert.Equal([id], (await alice.ListAsync()).Select(item => item.Text("id")));
        Assert.Empty(await bob.ListAsync());

        await api.RevokeKeyAsync("alice");
        await Eventually.GetAsync(
            () => StatusAsync(alice, "/generations"), status => status is HttpStatusCode.Unauthorized,
            status => $"Alice is still answered {status}.");
    }

    private static HttpClient With(ApiProcess api, string key) => new()
    {
        BaseAddress = api.Client.BaseAddress,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
