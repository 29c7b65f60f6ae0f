using System.Net;
using System.Text.Json;
using VideoGen.FakeHub;
using VideoGen.FakeHub.Faults;
using VideoGen.SystemTests.Crashes;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Steering;

/// <summary>SIGKILL in the middle of cancels and deletes, at a provider that can cancel and at one that cannot.</summary>
public sealed class SteeringKillTests(ITestOutputHelper output)
{
    private const int Rounds = 6;

    private static readonly string[] Providers = ["fal-ai", "together"];

    /// <summary>In the submit, behind it, and while the job runs, which then never ends by itself.</summary>
    private static readonly Moment[] Moments =
    [
        new(Moment.SubmitHeld, FaultKind.AcceptThenStall, null, sight => sight.Submits == 1),
        new("submit just taken", FaultKind.NeverFinish, null, sight => sight.Submits == 1),
        new("rendering", FaultKind.NeverFinish, null, sight => sight.Job?.Polls > 1),
    ];

    [Fact]
    public async Task Killed_while_it_cancels_and_deletes_it_does_both_wholly_and_orders_nothing_twice()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var hub = await Hub.StartAsync(shaped: true);
        await using var api =
            await ApiProcess.StartAsync([.. hub.Settings(Providers[0]), ("VideoGen__Inference__MaxConcurrent", "16")]);
        var image = await api.Client.UploadAsync();
        var films = await FilmsAsync(api.Client, image);
        List<(string Id, string Script, bool IsCertain)> canceled = [];
        List<(JsonElement Film, bool IsCertain)> deleted = [];
        var answered = 0;

        for (var round = 0; round < Rounds; round++)
        {
            var moment = Moments[round / Providers.Length % Moments.Length];
            var script = $"round {round:00}.";
            moment.Prepare(hub, script);
            var id = await api.Client.OrderAsync(image, script);
            await moment.ComeAsync(hub, api.Client, id, script);

            var cancel = AskAsync(() => api.Client.PostAsync($"/generation/{id}/cancel", null));
            var delete = AskAsync(() => api.Client.DeleteAsync($"/generation/{films[round].Text("id")}"));
            await (random.Next(3) switch
            {
                0 => Task.Delay(random.Next(80)),    // the random moment is the test
                1 => Task.WhenAny(cancel, delete),
                _ => delete,
            });
            await api.KillAsync();
            var isCanceled = await cancel is HttpStatusCode.OK;
            deleted.Add((films[round], await delete is HttpStatusCode.NoContent));

            api.Change("VideoGen__HuggingFace__Provider", Providers[(round + 1) % Providers.Length]);
            await api.RestartAsync();
            answered += isCanceled ? 1 : 0;
            canceled.Add((id, script,
                isCanceled || await AskAsync(() => api.Client.PostAsync($"/generation/{id}/cancel", null)) is HttpStatusCode.OK));
        }

        foreach (var (id, script, isCertain) in canceled)
        {
            await CheckCanceledAsync(hub, api.Client, id, script, isCertain);
        }

        foreach (var (film, isCertain) in deleted)
        {
            await CheckDeletedAsync(api, film, isCertain);
        }

        output.WriteLine($"{answered} cancels and {deleted.Count(one => one.IsCertain)} deletes were answered before the kill");
    }

    /// <summary>One after the other: side by side they would share one patience on a busy machine.</summary>
    private static async Task<List<JsonElement>> FilmsAsync(HttpClient client, string image)
    {
        List<JsonElement> films = [];
        for (var number = 0; number < Rounds; number++)
        {
            films.Add(await client.EndAsync(await client.OrderAsync(image, $"film {number}.")));
            Assert.Equal("completed", films[^1].Outcome());
        }

        return films;
    }

    /// <summary>The status of the answer; null when the process died with the request in hand.</summary>
    private static async Task<HttpStatusCode?> AskAsync(Func<Task<HttpResponseMessage>> ask)
    {
        try
        {
            using var response = await ask();
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>
    /// A wish that was answered is carried out; without one there is one other end, of a submit that the kill cut off.
    /// </summary>
    private static async Task CheckCanceledAsync(FakeHubServer hub, HttpClient client, string id, string script, bool isCertain)
    {
        var end = await client.EndAsync(id);
        Assert.True(end.Outcome() == (isCertain ? "canceled" : "failed: outcome_unknown"), $"It ended as {end}.");
        Assert.True(hub.Submits.Count(script).Arrived <= 1, $"{script} was ordered twice.");
        if (end.Outcome() is "canceled" && end.GetProperty("cancellation").GetProperty("confirmed").GetBoolean())
        {
            Assert.All(hub.Jobs.For(script), job => Assert.NotNull(job.CanceledAt));
        }
    }

    /// <summary>Either nothing happened to it, or nothing is left of it.</summary>
    private static async Task CheckDeletedAsync(ApiProcess api, JsonElement film, bool isCertain)
    {
        var id = film.Text("id")!;
        using var still = await api.Client.GetAsync($"/generation/{id}");
        if (still.StatusCode is HttpStatusCode.OK && !isCertain)
        {
            using var video = await api.Client.GetAsync(film.Text("videoUrl"));
            Assert.Equal(HttpStatusCode.OK, video.StatusCode);
            Assert.Contains(await api.Client.ListAsync(), one => one.Text("id") == id);
            return;
        }

        Assert.Equal(HttpStatusCode.NotFound, still.StatusCode);
        await Eventually.TrueAsync(
            () => !Directory.EnumerateFiles(api.DataDirectory, $"{id}*", SearchOption.AllDirectories)
            .Any(), $"Files of {id} are left.");
        using var gone = await api.Client.GetAsync(film.Text("posterUrl"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.DoesNotContain(await api.Client.ListAsync(), one => one.Text("id") == id);
    }
}
