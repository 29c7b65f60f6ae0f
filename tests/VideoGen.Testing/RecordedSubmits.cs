using System.Collections.Concurrent;
using System.Text.Json;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Submits;

namespace VideoGen.Testing;

/// <summary>Records of submits in memory, as JSON like the real ones, for processes that a test can declare dead.</summary>
public sealed class RecordedSubmits : ISubmitRecords
{
    private readonly ConcurrentDictionary<(string, int), string> _records = new();
    private readonly ConcurrentDictionary<string, bool> _alive = new();

    public string Here => "here";

    /// <summary>Whether a process that is not this one still belongs to the cluster.</summary>
    public void SetAlive(string process, bool isAlive) => _alive[process] = isAlive;

    public bool MayBeAlive(string process) => process == Here || _alive.GetValueOrDefault(process);

    public Task WriteAsync(string generationId, int attempt, SubmitOutcome outcome)
    {
        _records[(generationId, attempt)] = JsonSerializer.Serialize(outcome);
        return Task.CompletedTask;
    }

    /// <summary>Called with the id of a generation when its record was read, and before the reader has it.</summary>
    public Func<string, Task>? HasRead { get; set; }

    public async Task<SubmitOutcome?> ReadAsync(string generationId, int attempt)
    {
        var json = _records.GetValueOrDefault((generationId, attempt));
        if (HasRead is { } hasRead)
        {
            await hasRead(generationId);
        }

        return json is null ? null : JsonSerializer.Deserialize<SubmitOutcome>(json);
    }

    public Task DeleteAsync(string generationId, int attempts)
    {
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            _records.TryRemove((generationId, attempt), out _);
        }

        return Task.CompletedTask;
    }

    /// <summary>Whether anything is on record for a generation.</summary>
    public bool Holds(string generationId) => _records.Keys.Any(key => key.Item1 == generationId);
}
