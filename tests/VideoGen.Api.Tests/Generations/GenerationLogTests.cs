using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class GenerationLogTests
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task The_log_is_told_oldest_first_in_words(string prefix)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Failed(Id), new GenerationLog
        {
            Lines =
            [
                new(1, Snapshots.Created, LogKind.Accepted, GenerationStatus.Pending, 0),
                new(2, Snapshots.Created, LogKind.AttemptStarted, GenerationStatus.Processing, 1, Detail: "fal-ai"),
                new(3, Snapshots.Created, LogKind.Failed, GenerationStatus.Failed, 1,
                    new("payment_required", "Add credit.", true)),
            ],
            IsTruncated = true,
        });

        using var response = await api.Client.GetAsync($"{prefix}/generation/{Id}/log");

        const string Expected = $$"""
            {"generationId":"{{Id}}","entries":[
            {"at":"2026-11-23T01:09:16.589Z","version":1,"kind":"accepted","attempt":0,
            "message":"The generation was accepted and stored."},
            {"at":"2026-11-23T01:09:16.589Z","version":2,"kind":"attempt_started","attempt":1,
            "message":"Attempt 1 was sent to fal-ai."},
            {"at":"2026-11-23T01:09:16.589Z","version":3,"kind":"failed","attempt":1,"message":"Add credit."}],"truncated":true}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_kind_has_a_sentence_and_a_word()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id), new GenerationLog
        {
            Lines = [.. Enum.GetValues<LogKind>()
                .Select(kind => new LogLine(1, Snapshots.Created, kind, GenerationStatus.Processing, 1))],
        });

        using var response = await api.Client.GetAsync($"/generation/{Id}/log");

        Assert.All((await response.JsonAsync()).GetProperty("entries").EnumerateArray(), entry =>
        {
            Assert.Matches("^[a-z_]+$", entry.Text("kind"));
            Assert.Matches(@"^[A-Z].*\w \w.*\.$", entry.Text("message"));
        });
    }

    [Fact]
    public async Task The_log_of_an_unknown_id_answers_404()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync($"/generation/{Id}/log");

        await response.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
    }
}
