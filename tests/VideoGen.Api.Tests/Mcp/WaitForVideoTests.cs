using System.Net;
using System.Text;
using ModelContextProtocol;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Mcp;

public sealed class WaitForVideoTests
{
    [Fact]
    public async Task A_wait_reports_progress_that_grows_and_ends_in_time()
    {
        await using var api = await ApiHost.StartAsync();
        await using var agent = await Agent.ConnectAsync(api.Client);
        var rendering = Snapshots.Pending(Agent.Id) with
        {
            Status = GenerationStatus.Processing,
            Stage = GenerationStage.Rendering,
            Progress = 0.25,
            Version = 2,
        };
        api.Cluster.Put(rendering);
        var told = new List<ProgressNotificationValue>();
        var wait = agent.Client.CallToolAsync(
            "wait_for_video", new Dictionary<string, object?> { ["id"] = Agent.Id, ["timeout_seconds"] = 2 },
            new Recorder(told));
        await Eventually.GetAsync(() => Task.FromResult(api.Hub.Topics.Count), count => count > 0, _ => "It does not wait.");

        api.Change(rendering with { Version = 3, Progress = 0.5 });
        api.Change(rendering with { Version = 4, Progress = 0.5, WaitReason = "The provider is slow." });

        Assert.Equal("processing", (await wait).StructuredContent!.Value.Text("status"));
        lock (told)
        {
            // The client may hand over two reports in either order.
            var inOrder = told.OrderBy(value => value.Progress).ToList();
            Assert.InRange(inOrder.Count, 1, 3);    // what was found at the beginning, and two changes
            Assert.Equal(inOrder.Count, inOrder.DistinctBy(value => value.Progress).Count());
            Assert.InRange(inOrder[^1].Progress, 50, 51);
            Assert.Equal("rendering: The provider is slow.", inOrder[^1].Message);
        }
    }

    [Fact]
    public async Task Without_a_free_stream_a_wait_is_refused_with_the_time_to_call_again()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Live:MaxStreams", "1"));
        await using var agent = await Agent.ConnectAsync(api.Client);
        api.Cluster.Put(Snapshots.Pending(Agent.Id));
        var first = agent.AskAsync("wait_for_video", ("id", Agent.Id), ("timeout_seconds", 60));
        await Eventually.GetAsync(() => Task.FromResult(api.Hub.Topics.Count), count => count > 0, _ => "It does not wait.");

        var refused = await agent.FailAsync("wait_for_video", ("id", Agent.Id));

        Assert.Equal(("streams_busy", 5), (refused.Text("code"), refused.GetProperty("retry_after_seconds").GetInt32()));
        api.Change(Snapshots.Completed(Agent.Id));
        await first;
    }

    [Fact]
    public async Task A_wait_in_a_large_message_does_not_take_the_memory_of_uploads()
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Media:MaxConcurrentUploads", "1"));
        api.Cluster.Put(Snapshots.Pending(Agent.Id));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"wait_for_video\","
                + $"\"arguments\":{{\"id\":\"{Agent.Id}\"}}}}}}{new string(' ', 100_000)}",
                Encoding.UTF8, "application/json"),
            Headers = { { "Accept", "application/json, text/event-stream" } },
        };
        var waiting = api.Client.SendAsync(request);
        await Eventually.GetAsync(() => Task.FromResult(api.Hub.Topics.Count), count => count > 0, _ => "It does not wait.");

        using var upload = await api.Client.UploadAsync(OpenAi.OpenAiClient.Png);

        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);
        api.Change(Snapshots.Completed(Agent.Id));
        using var response = await waiting;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private sealed class Recorder(List<ProgressNotificationValue> told) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
            lock (told)
            {
                told.Add(value);
            }
        }
    }
}
