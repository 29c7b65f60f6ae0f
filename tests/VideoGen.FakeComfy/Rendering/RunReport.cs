using VideoGen.FakeComfy.Graphs;
using VideoGen.FakeComfy.Lives;
using VideoGen.FakeComfy.Prompts;

namespace VideoGen.FakeComfy.Rendering;

/// <summary>Why a run failed.</summary>
internal sealed record Failure(string Message, string Type);

/// <summary>Tells the client of a run what happens, keeps the messages for the history, and makes the outputs.</summary>
internal sealed class RunReport(Life life, Run run, IReadOnlyList<GraphNode> nodes)
{
    private readonly List<object[]> _messages = [];
    private readonly Dictionary<string, object> _states = [];
    private readonly List<string> _executed = [];
    private readonly Dictionary<string, object> _outputs = [];
    private long _startedAt;
    private string _last = "";

    private GraphNode Sampler => nodes.FirstOrDefault(node => node.Class?.Contains("Sampler", StringComparison.Ordinal) == true
        && node.Input("latent_image") is not null) ?? nodes[0];

    public void Start(bool cached)
    {
        _startedAt = life.State.Now;
        life.Sockets.SendStatus(life.Queue.Remaining);
        Keep("execution_start", new() { ["prompt_id"] = run.Id });
        var all = cached ? nodes.Select(node => node.Id).ToArray() : [];
        Keep("execution_cached", new() { ["nodes"] = all, ["prompt_id"] = run.Id });
        if (!cached)
        {
            foreach (var node in nodes.TakeWhile(node => node != Sampler))
            {
                Execute(node);
            }

            Announce(Sampler);
        }
    }

    public void Progress(int value, int max)
    {
        var node = Sampler.Id;
        Send("progress", new { value, max, prompt_id = run.Id, node });
        SendState(node, "running", value, max);
    }

    /// <summary>Ends the run under the lock of the queue: the files are there exactly when the history says so.</summary>
    public Ended End(
        RenderPlan plan, IReadOnlyDictionary<string, byte[]> made, IReadOnlyDictionary<string, object>? earlier, Failure? failure,
        bool interrupted)
    {
        string? file = null;
        if (!interrupted && failure is null && made.Count > 0)
        {
            try
            {
                file = Save(plan, made);
            }
            catch (InvalidDataException exception)
            {
                failure = new(exception.Message, "Exception");
            }
        }

        _last = interrupted ? "execution_interrupted" : failure is null ? "execution_success" : "execution_error";
        var data = _last == "execution_success" ? new() { ["prompt_id"] = run.Id } : Describe(interrupted ? null : failure);
        Keep(_last, data, send: false);
        var error = _last == "execution_error" ? data : null;
        var succeeded = _last == "execution_success";
        return new(run, succeeded, interrupted, earlier ?? _outputs, _messages, _startedAt, life.State.Now, error, file);
    }

    public void TellEnd()
    {
        foreach (var node in _outputs.Count == 0 ? [] : nodes.SkipWhile(node => node != Sampler))
        {
            Execute(node);
            if (_outputs.TryGetValue(node.Id, out var output))
            {
                Send("executed", new { node = node.Id, display_node = node.Id, output, prompt_id = run.Id });
            }
        }

        Send(_last, _messages[^1][1]);
        Send("executing", new { node = (string?)null, prompt_id = run.Id });
        life.Sockets.SendStatus(life.Queue.Remaining);
    }

    private string? Save(RenderPlan plan, IReadOnlyDictionary<string, byte[]> made)
    {
        string? video = null;
        foreach (var save in plan.Saves)
        {
            var (subfolder, filename) = life.State.Files.SaveOutput(save.Type, save.Prefix, save.Extension, made[save.Extension]);
            var file = Path.Combine(subfolder, filename);
            video = save.Extension == "png" ? video : file;
            life.State.Graphs.Add(file, run);
            _outputs[save.NodeId] = save.Class == "VHS_VideoCombine"
                ? new { gifs = new[] { Combined(plan, save, subfolder, filename) } }
                : save.Extension == "png"
                    ? new { images = new[] { new { filename, subfolder, type = save.Type } } }
                    : new { images = new[] { new { filename, subfolder, type = save.Type } }, animated = new[] { true } };
        }

        return video;
    }

    private static object Combined(RenderPlan plan, SaveStep save, string subfolder, string filename) => new
    {
        filename,
        subfolder,
        type = save.Type,
        format = save.Extension is "mp4" ? "video/h264-mp4" : save.Extension is "webm" ? "video/webm" : $"image/{save.Extension}",
        frame_rate = plan.Rate,
    };

    private Dictionary<string, object> Describe(Failure? failure)
    {
        Dictionary<string, object> told = new()
        {
            ["prompt_id"] = run.Id,
            ["node_id"] = Sampler.Id,
            ["node_type"] = Sampler.Class ?? "",
            ["executed"] = _executed.ToArray(),
        };
        if (failure is not null)
        {
            told["exception_message"] = failure.Message;
            told["exception_type"] = failure.Type;
            told["traceback"] = Array.Empty<string>();
            told["current_inputs"] = new object();
            told["current_outputs"] = Array.Empty<string>();
        }

        return told;
    }

    private void Execute(GraphNode node)
    {
        Announce(node);
        SendState(node.Id, "finished", 1, 1);
        _executed.Add(node.Id);
    }

    private void Announce(GraphNode node)
    {
        Send("executing", new { node = node.Id, display_node = node.Id, prompt_id = run.Id });
        SendState(node.Id, "running", 0, 1);
    }

    private void SendState(string node, string state, int value, int max)
    {
        _states[node] = new
        {
            value,
            max,
            state,
            node_id = node,
            prompt_id = run.Id,
            display_node_id = node,
            parent_node_id = (string?)null,
            real_node_id = node,
        };
        Send("progress_state", new { prompt_id = run.Id, nodes = new Dictionary<string, object>(_states) });
    }

    private Dictionary<string, object> Keep(string type, Dictionary<string, object> data, bool send = true)
    {
        data["timestamp"] = life.State.Now;
        _messages.Add([type, data]);
        if (send)
        {
            Send(type, data);
        }

        return data;
    }

    private void Send(string type, object data) => life.Sockets.Send(run.ClientId, type, data);
}
