using System.Net;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>Retention through the built program, from the setting to the 410.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task A_quota_that_is_set_later_lets_an_earlier_film_expire_which_says_so_for_good()
    {
        await using var api = await ApiProcess.StartAsync();
        using var ordered = await api.Client.GenerateAsync(""","duration":3,"quality":"512" """);
        var id = (await ordered.JsonAsync()).Text("id");
        await api.Client.EndAsync(id);
        await api.KillAsync();
        api.Change("VideoGen__Retention__MaxBytesTotal", "1");
        api.Change("VideoGen__Retention__Interval", "00:00:01");

        await api.RestartAsync();
        await Eventually.TrueAsync(async () => await StatusAsync() == "expired", "The film never expired.");

        // The record says so first, and then the files go: a film is served whole until it is gone, and never half.
        using var film = await Eventually.GetAsync(
            () => api.Client.GetAsync($"/videos/{id}.mp4"), answer => answer.StatusCode is not HttpStatusCode.OK,
            _ => "The film is still there.");
        Assert.Equal(id, (await film.ProblemAsync(HttpStatusCode.Gone, "generation_expired")).Text("generationId"));
        using var again = await api.Client.PostAsync($"/generation/{id}/regenerate", null);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        async Task<string> StatusAsync()
        {
            using var response = await api.Client.GetAsync($"/generation/{id}");
            return (await response.JsonAsync()).Text("status");
        }
    }
}
