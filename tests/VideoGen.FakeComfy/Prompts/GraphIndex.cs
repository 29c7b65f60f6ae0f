using System.Text;
using System.Text.RegularExpressions;
using VideoGen.FakeComfy.Faults;
using VideoGen.FakeComfy.Graphs;

namespace VideoGen.FakeComfy.Prompts;

/// <summary>What is known of a run by its id or file.</summary>
internal sealed record IndexedRun(string PromptId, long Run, Graph Graph);

/// <summary>Finds the graph that a request is about, by the ids and files of the newest runs. It survives the restarts.</summary>
internal sealed partial class GraphIndex
{
    private const int Capacity = 10_000;
    private const int MostBody = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, IndexedRun> _runs = [];
    private readonly Queue<string> _order = [];

    public void Add(string key, Run run)
    {
        lock (_gate)
        {
            if (!_runs.ContainsKey(key))
            {
                _order.Enqueue(key);
            }

            _runs[key] = new(run.Id, run.Serial, run.Graph);
            if (_order.Count > Capacity)
            {
                _runs.Remove(_order.Dequeue());
            }
        }
    }

    public IndexedRun? Find(string key)
    {
        lock (_gate)
        {
            return _runs.GetValueOrDefault(key);
        }
    }

    /// <summary>Whether a rule fits a request by its path and by its text, which may be in what the request is about.</summary>
    public bool Fits(FaultRule rule, HttpContext context, string about)
    {
        var path = context.Request.Path + context.Request.QueryString.ToString();
        return (rule.Path is null || path.Contains(rule.Path, StringComparison.Ordinal))
            && (rule.Text is null || path.Contains(rule.Text, StringComparison.Ordinal)
                || about.Contains(rule.Text, StringComparison.Ordinal)
                || Keys(path + about).Append(about).Any(
                    key => Find(key)?.Graph.Source.Contains(rule.Text, StringComparison.Ordinal) ?? false));
    }

    /// <summary>The body of a small JSON request, which stays readable; else nothing.</summary>
    public static async Task<string> ReadBodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || request.HasFormContentType
            || request.ContentLength is not (> 0 and <= MostBody))
        {
            return "";
        }

        request.EnableBuffering(MostBody);
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        request.Body.Position = 0;
        return body;
    }

    private static IEnumerable<string> Keys(string text) => Id().Matches(text).Select(match => match.Value);

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
