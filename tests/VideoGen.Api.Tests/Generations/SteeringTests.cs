using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class SteeringTests
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task A_cancel_answers_the_generation_as_it_is_being_canceled(string prefix)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id));

        using var response = await api.Client.PostAsync($"{prefix}/generation/{Id}/cancel", null);

        var generation = await response.JsonAsync();
        Assert.Equal((HttpStatusCode.OK, "canceling", "pending"),
            (response.StatusCode, generation.Text("stage"), generation.Text("status")));
        Assert.Equal(
            """{"requestedAt":"2026-11-23T01:09:16.589Z","confirmed":null,"message":null}""",
            generation.GetProperty("cancellation").GetRawText());
    }

    [Fact]
    public async Task Canceling_a_canceled_one_answers_it_unchanged()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id) with
        {
            Status = GenerationStatus.Canceled,
            Cancellation = new Cancellation(Snapshots.Created, false, "It may run on."),
        });

        using var response = await api.Client.PostAsync($"/generation/{Id}/cancel", null);

        var cancellation = (await response.JsonAsync()).GetProperty("cancellation");
        Assert.False(cancellation.GetProperty("confirmed").GetBoolean());
        Assert.Equal("It may run on.", cancellation.Text("message"));
    }

    [Fact]
    public async Task What_has_ended_is_not_canceled()
    {
        await using var api = await ApiHost.StartAsync();
        foreach (var ended in new[] { Snapshots.Completed(Id), Snapshots.Failed(Id) })
        {
            api.Cluster.Put(ended);

            using var response = await api.Client.PostAsync($"/generation/{Id}/cancel", null);

            var problem = await response.ProblemAsync(HttpStatusCode.Conflict, "already_finished");
            Assert.Equal(Id, problem.Text("generationId"));
        }
    }

    [Fact]
    public async Task A_finished_generation_is_deleted_and_then_unknown()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));

        using var deleted = await api.Client.DeleteAsync("/generation/" + Id);
        using var again = await api.Client.DeleteAsync("/generation/" + Id);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        var problem = await again.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
        Assert.Equal(Id, problem.Text("generationId"));
    }

    [Fact]
    public async Task An_unfinished_generation_is_not_deleted()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id));

        using var response = await api.Client.DeleteAsync("/generation/" + Id);

        await response.ProblemAsync(HttpStatusCode.Conflict, "still_running");
        Assert.NotNull(api.Cluster.Find(Id));
    }

    [Fact]
    public async Task Another_film_has_the_same_input_another_seed_and_a_link()
    {
        await using var api = await ApiHost.StartAsync();
        var request = new GenerationRequest("public", "character_1.jpg", "She waves.", 7, 512, 3, "rain", Motion.High);
        api.Cluster.Put(Snapshots.Completed(Id) with { Request = request });

        using var response = await api.Client.PostAsync($"/api/generation/{Id}/regenerate", null);

        var made = await response.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(Id, made.Text("id"));
        Assert.Equal((Id, "rain", "high"), (made.Text("regeneratedFrom"), made.Text("negativePrompt"), made.Text("motion")));
        Assert.Equal($"/api/generation/{made.Text("id")}", response.Headers.Location!.OriginalString);
        var order = Assert.Single(api.Cluster.Requests);
        Assert.NotNull(order.Seed);
        Assert.Equal(request with { Seed = order.Seed, RegeneratedFrom = Id }, order);
        Assert.NotEqual(3u, order.Seed);
    }

    [Fact]
    public async Task Another_film_is_made_once_for_one_key()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));
        List<string> ids = [];
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/generation/{Id}/regenerate");
            request.Headers.Add("Idempotency-Key", "again");
            using var response = await api.Client.SendAsync(request);
            ids.Add((await response.JsonAsync()).Text("id"));
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Single(api.Cluster.Requests);
    }

    [Fact]
    public async Task A_full_disk_takes_on_no_other_film()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));
        api.Disk.HasRoom = false;

        using var response = await api.Client.PostAsync($"/generation/{Id}/regenerate", null);

        var problem = await response.ProblemAsync(HttpStatusCode.InsufficientStorage, "storage_full");
        Assert.Equal(Id, problem.Text("generationId"));
    }

    [Theory]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/regenerate")]
    [InlineData("POST", "/retry")]
    [InlineData("DELETE", "")]
    public async Task An_unknown_generation_answers_404_with_its_id(string method, string action)
    {
        await using var api = await ApiHost.StartAsync();

        using var response =
            await api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/generation/{Id}{action}"));

        Assert.Equal(Id, (await response.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found")).Text("generationId"));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_problem_of_that_generation()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Trouble = new TimeoutException();

        using var response = await api.Client.PostAsync($"/generation/{Id}/cancel", null);

        Assert.Equal(Id, (await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "unavailable")).Text("generationId"));
    }
}
