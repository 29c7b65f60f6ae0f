using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace VideoGen.Testing;

/// <summary>
/// Grain storage in memory that keeps JSON and compares ETags as the real one does, fails on demand, and lets a test lay down
/// what an earlier process left.
/// </summary>
public sealed class FaultyStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string ETag, string Json)> _rows = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private readonly ConcurrentDictionary<string, int> _clearFailures = new();
    private readonly ConcurrentDictionary<string, int> _lostAnswers = new();

    /// <summary>The next writes to the states of a grain key fail.</summary>
    public void FailWrites(string key, int times) => _failures[key] = times;

    /// <summary>The next clears of the states of a grain key fail.</summary>
    public void FailClears(string key, int times) => _clearFailures[key] = times;

    /// <summary>The next write to the states of a grain key is carried out, and its answer gets lost.</summary>
    public void FailAfterWrite(string key) => _lostAnswers[key] = 1;

    /// <summary>Stores a state as if an earlier process had.</summary>
    public void Seed(GrainId grainId, string stateName, object state) => _rows[RowOf(stateName, grainId)] = Row(state);

    /// <summary>Whose states can be read; reading others fails as it does while a store is away.</summary>
    public Func<GrainId, bool> IsReadable { get; set; } = _ => true;

    /// <summary>Stores what no process can have written.</summary>
    public void Damage(GrainId grainId, string stateName) => _rows[RowOf(stateName, grainId)] = (NewETag(), "{ \"Request\": ");

    /// <summary>What is stored right now.</summary>
    public T Read<T>(GrainId grainId, string stateName) => JsonSerializer.Deserialize<T>(_rows[RowOf(stateName, grainId)].Json)!;

    /// <summary>Drops a state, as a store does whose entries end by themselves.</summary>
    public void Drop(GrainId grainId, string stateName) => _rows.TryRemove(RowOf(stateName, grainId), out _);

    /// <summary>What a writer must have read to write.</summary>
    public string ETagOf(GrainId grainId, string stateName) => _rows[RowOf(stateName, grainId)].ETag;

    /// <summary>Makes every activation that has read the state lose its next write.</summary>
    public void ChangeETag(GrainId grainId, string stateName) =>
        _rows.AddOrUpdate(RowOf(stateName, grainId), _ => throw new KeyNotFoundException(), (_, row) => (NewETag(), row.Json));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!IsReadable(grainId))
        {
            throw new IOException("The store does not answer.");
        }

        var isStored = _rows.TryGetValue(RowOf(stateName, grainId), out var row);
        grainState.State = isStored ? JsonSerializer.Deserialize<T>(row.Json)! : Activator.CreateInstance<T>();
        grainState.ETag = isStored ? row.ETag : null;
        grainState.RecordExists = isStored;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        FailOnDemand(_failures, grainId);
        var row = Row(grainState.State!);
        lock (_rows)
        {
            var stored = _rows.TryGetValue(RowOf(stateName, grainId), out var current) ? current.ETag : null;
            if (stored != grainState.ETag)
            {
                throw new InconsistentStateException("ETag mismatch", stored, grainState.ETag);
            }

            _rows[RowOf(stateName, grainId)] = row;
        }

        FailOnDemand(_lostAnswers, grainId);
        grainState.ETag = row.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        FailOnDemand(_clearFailures, grainId);
        _rows.TryRemove(RowOf(stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    /// <summary>Whether anything is stored for a grain.</summary>
    public bool Holds(GrainId grainId, string stateName) => _rows.ContainsKey(RowOf(stateName, grainId));

    private static void FailOnDemand(ConcurrentDictionary<string, int> failures, GrainId grainId)
    {
        var key = grainId.Key.ToString()!;
        if (failures.TryGetValue(key, out var left) && left > 0)
        {
            failures[key] = left - 1;
            throw new IOException("The store does not answer.");
        }
    }

    private static string RowOf(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    private static (string ETag, string Json) Row(object state) => (NewETag(), JsonSerializer.Serialize(state, state.GetType()));

    private static string NewETag() => Guid.NewGuid().ToString();
}
