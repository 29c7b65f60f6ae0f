namespace VideoGen.Benchmarks.History;

/// <summary>
/// One design of an owner's history, as far as it costs: filling, appending durably, reading ten entries somewhere.
/// </summary>
internal interface IHistory
{
    Task FillAsync(int entries);

    Task AppendAsync();

    Task<int> ReadTenAsync(long before);
}
