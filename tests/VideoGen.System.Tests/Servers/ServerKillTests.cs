using VideoGen.SystemTests.Servers.Gpus;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Servers;

/// <summary>
/// SIGKILL of the product at each step of the ledger, restarts of the GPU server at each step of a run, and a connection that is
/// cut at each request: the books of the server and the log of the product agree, and nothing is rendered twice without need.
/// </summary>
public sealed class ServerKillTests(ServerLives lives, ITestOutputHelper output) : IClassFixture<ServerLives>
{
    public static TheoryData<string, string> Table => [.. from kind in GpuServer.Kinds
                                                          from one in ServerCases.All
                                                          where one.Kinds.Contains(kind)
                                                          select (kind, one.Name)];

    [Theory]
    [MemberData(nameof(Table))]
    public void An_order_survives_and_is_rendered_as_often_as_it_has_to(string kind, string name)
    {
        var one = ServerCases.All.Single(one => one.Name == name);
        var end = one.EndAt(kind);
        var account = lives.AccountOf(kind, name);
        output.WriteLine($"All cases took {lives.Took.TotalSeconds:0} s.\n{account}");

        Assert.Equal(end.Outcome, account.End.Outcome());
        Assert.Equal(end.Accepted, account.Count(GpuEvent.Accepted));
        Assert.Equal(end.Lost, account.Count(GpuEvent.Lost));
        Assert.Equal(end.Finished, account.Count(GpuEvent.Finished));
        Assert.InRange(account.Ledger.Attempts, end.Attempts, end.Attempts + end.MoreAttempts);
        Assert.Equal(account.Ledger.Attempts - 1, account.Ledger.Repeats);
        Assert.Equal(one.Pays ? account.Count(GpuEvent.Started) : 0, account.Count(GpuEvent.Charged));
        if (one.Pays)
        {
            Assert.True(account.Count(GpuEvent.Charged) <= 1, "It was charged twice.");
        }

        if (end.Outcome == "completed")
        {
            Assert.InRange(account.Count(GpuEvent.Fetched), 1, 3);
            Assert.Equal(1, account.Ledger.Count("completed"));
        }
        else if (end.Outcome.StartsWith("failed", StringComparison.Ordinal))
        {
            Assert.True(account.End.GetProperty("error").GetProperty("retryable").GetBoolean());
        }
    }

    [Fact]
    public async Task No_order_is_lost()
    {
        var (ordered, listed) = await lives.IdsAsync();

        Assert.Equal(ordered, listed);
    }
}
