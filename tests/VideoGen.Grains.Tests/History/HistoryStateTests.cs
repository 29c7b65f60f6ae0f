using VideoGen.Grains.History;

namespace VideoGen.Grains.Tests.History;

public sealed class HistoryStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Time_never_runs_backwards_in_a_history()
    {
        var state = new HistoryState().Append("a", Now, out _).Append("b", Now.AddSeconds(-5), out var second);

        Assert.Equal(Now, second.AcceptedAt);
        Assert.Equal(2, second.Place);
        Assert.Equal(2, state.LastPlace);
    }

    [Fact]
    public void A_chunk_is_full_after_256_places_and_takes_them_out_of_the_head()
    {
        var state = Filled(HistoryState.ChunkSize - 1);
        Assert.Null(state.FullChunk());

        state = state.Append("last", Now, out _);
        var chunk = state.FullChunk()!;
        var sealedState = state.Append("next", Now, out _).Seal(chunk);

        Assert.Equal(0, chunk.Number);
        Assert.Equal(HistoryState.ChunkSize, chunk.Entries.Length);
        Assert.Equal("next", Assert.Single(sealedState.Newest).GenerationId);
        Assert.Null(sealedState.FullChunk());
    }

    [Fact]
    public void A_removed_entry_leaves_the_places_of_the_others_alone()
    {
        var state = Filled(10);
        state = state.Remove(state.Find("g4")!);

        Assert.Null(state.Find("g4"));
        Assert.Equal(5, state.Find("g5")!.Place);
        Assert.Equal(HistoryState.ChunkSize - 1, Filled(246, state).FullChunk()!.Entries.Length);
    }

    [Fact]
    public void Sealing_the_same_chunk_again_changes_nothing()
    {
        var state = Filled(300);
        var chunk = state.FullChunk()!;
        var once = state.Seal(chunk);

        Assert.Same(once, once.Seal(chunk));
        Assert.Equal(300 - HistoryState.ChunkSize, once.Newest.Length);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(256, 0)]
    [InlineData(257, 1)]
    [InlineData(512, 1)]
    public void A_place_names_its_chunk(long place, long chunk) => Assert.Equal(chunk, HistoryState.ChunkOf(place));

    private static HistoryState Filled(int count, HistoryState? start = null)
    {
        var state = start ?? new HistoryState();
        for (var i = 1; i <= count; i++)
        {
            state = state.Append($"g{state.LastPlace + 1}", Now, out _);
        }

        return state;
    }
}
