using VideoGen.Benchmarks.History;

// history [entries…]: both history designs on Redis and on the embedded store. store <folder>: only the embedded store.
switch (args)
{
    case ["store", var folder]:
        await StoreProcess.RunEmbeddedAsync(folder);
        break;
    case ["history", .. var sizes]:
        await HistoryBenchmark.RunAsync(sizes is [] ? [1_000, 100_000, 1_000_000] : [.. sizes.Select(int.Parse)]);
        break;
    default:
        Console.Error.WriteLine("Say: history [entries…]");
        return 2;
}

return 0;
