using System.Net;
using System.Text.Json;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

public sealed class VideoTests
{
    private const string Id = OpenAiClient.Id;

    private static readonly string[] Statuses = ["queued", "in_progress", "completed", "failed"];

    private static readonly Dictionary<string, GenerationSnapshot> States = new()
    {
        ["pending"] = Snapshots.Pending(Id),
        ["processing"] = Snapshots.Pending(Id) with { Status = GenerationStatus.Processing },
        ["rendering"] = Snapshots.Pending(Id) with { Status = GenerationStatus.Processing, Progress = 0.337 },
        ["rendered"] = Snapshots.Pending(Id) with { Status = GenerationStatus.Processing, Progress = 1 },
        ["completed"] = Snapshots.Completed(Id),
        ["expired"] = Snapshots.Expired(Id),
        ["failed"] = Snapshots.Failed(Id),
        ["canceled"] = Snapshots.Pending(Id) with
        {
            Status = GenerationStatus.Canceled,
            Cancellation = new Cancellation(Snapshots.Created, true),
        },
    };

    [Theory]
    [InlineData("pending", "queued", 0, null)]
    [InlineData("processing", "in_progress", 0, null)]
    [InlineData("rendering", "in_progress", 33, null)]
    [InlineData("rendered", "in_progress", 99, null)]
    [InlineData("completed", "completed", 100, null)]
    [InlineData("expired", "completed", 100, null)]
    [InlineData("failed", "failed", 0, "payment_required")]
    [InlineData("canceled", "failed", 0, "canceled")]
    public async Task A_generation_has_one_of_four_statuses(string state, string status, int progress, string? code)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(States[state]);

        using var response = await api.Client.GetAsync("/v1/videos/" + OpenAiClient.VideoId);

        var video = await response.JsonAsync();
        IsComplete(video);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((status, progress), (video.Text("status"), video.GetProperty("progress").GetInt32()));
        Assert.Equal(code, video.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.Text("code") : null);
        Assert.Equal(status is "completed" or "failed", video.GetProperty("completed_at").ValueKind is JsonValueKind.Number);
        var isUnfinished = status is "queued" or "in_progress";
        Assert.Equal(isUnfinished ? "2000" : null, response.Header("openai-poll-after-ms"));
        Assert.Equal(isUnfinished ? "2" : null, response.Header("Retry-After"));
        Assert.Equal(
            state == "expired" ? $"{Snapshots.Created.AddDays(30).ToUnixTimeSeconds()}" : "null",
            video.GetProperty("expires_at").GetRawText());
    }

    [Theory]
    [InlineData(OpenAiClient.VideoId)]
    [InlineData("01994fd6b0f37c5aa8b2c1d4e5f60718")]
    [InlineData(OpenAiClient.Id)]
    public async Task An_id_may_lack_its_prefix(string id)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Completed(Id));

        using var response = await api.Client.GetAsync("/v1/videos/" + id);

        Assert.Equal(OpenAiClient.VideoId, (await response.JsonAsync()).Text("id"));
    }

    [Fact]
    public async Task A_video_has_what_was_requested()
    {
        await using var api = await ApiHost.StartAsync();
        var request = new GenerationRequest("public", Snapshots.Picture, "She waves.", 7, 768, 42, "rain", Motion.High,
            RegeneratedFrom: Id, AspectRatio: "16:9", Width: 1366, Height: 768);
        api.Cluster.Put(Snapshots.Completed(Id) with { Request = request });

        using var response = await api.Client.GetAsync("/v1/videos/" + OpenAiClient.VideoId);

        Assert.Equal(
            $$"""
            {"id":"{{OpenAiClient.VideoId}}","object":"video","model":"preview","status":"completed","progress":100,
            "created_at":1795396156,"completed_at":1795396156,"expires_at":null,"prompt":"She waves.","size":"1366x768",
            "seconds":"7","remixed_from_video_id":"{{OpenAiClient.VideoId}}","error":null,"seed":42,
            "negative_prompt":"rain","motion":"high"}
            """.ReplaceLineEndings(""),
            await response.Content.ReadAsStringAsync());
    }

    /// <summary>Every required member is there, with the type that the SDKs and gateways expect.</summary>
    internal static void IsComplete(JsonElement video)
    {
        Assert.Equal(
            ["id", "object", "model", "status", "progress", "created_at", "completed_at", "expires_at", "prompt", "size",
                "seconds", "remixed_from_video_id", "error"],
            video.EnumerateObject().Select(member => member.Name).Take(13));
        Assert.Matches("^video_[0-9a-f]{32}$", video.Text("id"));
        Assert.Equal("video", video.Text("object"));
        Assert.Contains(video.Text("status"), Statuses);
        Assert.InRange(video.GetProperty("progress").GetInt32(), 0, 100);
        Assert.True(video.GetProperty("created_at").GetInt64() > 0);
        Assert.Matches("^[0-9]+x[0-9]+$", video.Text("size"));
        Assert.Matches("^[0-9]+$", video.Text("seconds"));
        if (video.Text("status") == "failed")
        {
            Assert.NotEmpty(video.GetProperty("error").Text("code"));
            Assert.NotEmpty(video.GetProperty("error").Text("message"));
        }
        else
        {
            Assert.Equal(JsonValueKind.Null, video.GetProperty("error").ValueKind);
        }
    }
}
