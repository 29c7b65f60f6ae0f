using Microsoft.Extensions.Time.Testing;
using VideoGen.Grains.Ports;
using VideoGen.Silo.News;

namespace VideoGen.Silo.Tests.News;

public sealed class InterestsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Interests _interests;

    public InterestsTests() => _interests = new Interests(_time);

    [Fact]
    public void Nothing_is_watched_before_anybody_says_so() => Assert.False(_interests.IsWatched("owner", "id"));

    [Fact]
    public void Every_process_that_watches_is_told_and_no_other()
    {
        Note("a", ids: ["1", "2"]);
        Note("b", owners: ["owner"]);
        Note("c", ids: ["3"]);

        Assert.Equal(["a", "b"], _interests.NodesFor("owner", "1").Order());
        Assert.Equal(["a"], _interests.NodesFor("other", "2"));
        Assert.Empty(_interests.NodesFor("other", "4"));
    }

    [Fact]
    public void More_is_added_and_everything_replaces()
    {
        Note("a", ids: ["1"]);
        Note("a", isComplete: false, ids: ["2"]);
        Assert.True(_interests.IsWatched("", "1"));
        Assert.True(_interests.IsWatched("", "2"));

        Note("a", ids: ["2"]);
        Assert.False(_interests.IsWatched("", "1"));

        Note("a");
        Assert.False(_interests.IsWatched("", "2"));
    }

    [Fact]
    public void What_is_not_said_again_is_forgotten()
    {
        Note("a", ids: ["1"]);
        _time.Advance(Interests.Lease - TimeSpan.FromSeconds(1));
        Assert.True(_interests.IsWatched("", "1"));
        Note("b", ids: ["2"]);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_interests.IsWatched("", "1"));
        Assert.True(_interests.IsWatched("", "2"));

        Note("a", isComplete: false, ids: ["3"]);    // nothing of before comes back with it
        Assert.False(_interests.IsWatched("", "1"));
    }

    private void Note(string node, bool isComplete = true, string[]? owners = null, string[]? ids = null) =>
        _interests.Note(new NewsInterest(node, isComplete, [.. owners ?? []], [.. ids ?? []]));
}
