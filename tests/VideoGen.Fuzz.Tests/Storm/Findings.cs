using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace VideoGen.Fuzz.Tests.Storm;

/// <summary>What was found, the like counted once: a defect that a thousand requests meet is one.</summary>
internal sealed partial class Findings
{
    private readonly ConcurrentDictionary<string, (int Number, string Text)> _first = [];
    private readonly ConcurrentDictionary<int, int> _statuses = [];

    public bool Any => !_first.IsEmpty;

    public void Count(int status) => _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);

    public void Add(int number, string where, string complaint, string request) =>
        _first.TryAdd($"{where} {Digits().Replace(complaint.Length > 120 ? complaint[..120] : complaint, "#")}",
            (number, $"{where}: {complaint}\n      {request}"));


    /// <summary>How often each status came.</summary>
    public string Statuses =>
        string.Join(", ", _statuses.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key} x {entry.Value}"));

    public override string ToString() => string.Join('\n', _first.Values.OrderBy(finding => finding.Number).Take(25)
        .Select(finding => $"  {finding.Number}. {finding.Text}"));

    [GeneratedRegex("[0-9a-f-]{6,}|[0-9]+(?![0-9]* (?:is|as|with|to))")]
    private static partial Regex Digits();
}
