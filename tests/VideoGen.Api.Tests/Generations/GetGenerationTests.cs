using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class GetGenerationTests
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    [Theory]
    [InlineData(Id)]
    [InlineData("01994FD6-B0F3-7C5A-A8B2-C1D4E5F60718")]
    public async Task A_generation_is_found_by_its_id_in_either_case(string id)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id));

        using var response = await api.Client.GetAsync("/generation/" + id);

        Assert.Equal(Id, (await response.JsonAsync()).Text("id"));
    }

    [Theory]
    [InlineData(Id)]
    [InlineData("nonsense")]
    [InlineData("01994fd6b0f37c5aa8b2c1d4e5f60718")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public async Task An_unknown_id_answers_404(string id)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync("/generation/" + id);

        await response.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
    }

    [Fact]
    public async Task A_completed_generation_tells_where_its_film_is_and_what_it_is()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));

        using var response = await api.Client.GetAsync("/generation/" + Id);

        const string Expected = $$"""
            {"id":"{{Id}}","characterImageUrl":"/uploads/character_1.jpg","script":"She waves.","duration":5,"quality":"768",
            "videoUrl":"/videos/{{Id}}.mp4","status":"completed","createdAt":"2026-11-23T01:09:16.589Z",
            "updatedAt":"2026-11-23T01:09:16.589Z","stage":"done","progress":1,"queuePosition":null,"waitReason":null,
            "attempt":1,"posterUrl":"/videos/{{Id}}.jpg","preview":true,"backend":"preview",
            "film":{"durationSeconds":5,"width":768,"height":768,"bytes":1234567,"playbackRate":0.8,"heldSeconds":null},
            "error":null,"version":7,
            "seed":null,"negativePrompt":null,"motion":null,"regeneratedFrom":null,"cancellation":null,"expiry":null,
            "aspectRatio":"1:1","fit":"cover","sound":false,"model":"preview","requestedModel":null}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_failed_generation_tells_why_and_whether_a_retry_makes_sense()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Failed(Id));

        using var response = await api.Client.GetAsync("/generation/" + Id);

        const string Expected = """
            {"code":"payment_required","message":"Add credit.","retryable":true,
            "provider":"fal-ai","providerStatus":402,"requestId":"r-1"}
            """;
        Assert.Equal(
            Expected.ReplaceLineEndings(""),
            (await response.JsonAsync()).GetProperty("error").GetRawText());
    }

    [Theory]
    [InlineData(GenerationStage.WaitingForCapacity, "waiting_for_capacity")]
    [InlineData(GenerationStage.Rendering, "rendering")]
    public async Task Stages_are_written_in_snake_case(GenerationStage stage, string expected)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id) with { Stage = stage });

        using var response = await api.Client.GetAsync("/generation/" + Id);

        Assert.Equal(expected, (await response.JsonAsync()).Text("stage"));
    }
}
