using Orleans.Persistence.Redis;
using Orleans.Reminders.Redis;
using StackExchange.Redis;
using VideoGen.Api.Http;

namespace VideoGen.Api.Tests.Http;

public sealed class FailureTests
{
    private static readonly RedisConnectionException Away = new(ConnectionFailureType.SocketClosed, "away");

    /// <summary>Each provider has its own way to say that Redis is away; some do not keep the cause, only its text.</summary>
    public static TheoryData<Exception> WaysToSayThatTheStoreIsAway =>
    [
        Away,
        new RedisStorageException("away", Away),
        new RedisRemindersException("away"),
        new OrleansException("away", Away),
        new InvalidOperationException("outer", new AggregateException(new RedisRemindersException("away"))),
        new TimeoutException(),
    ];

    [Theory, MemberData(nameof(WaysToSayThatTheStoreIsAway))]
    public void A_store_that_is_away_is_no_defect_of_ours(Exception exception) =>
        Assert.Equal(Failure.Unavailable, FailureOf.Classify(exception));

    [Fact]
    public void What_is_not_known_is_a_defect() => Assert.Equal(Failure.Bug, FailureOf.Classify(new InvalidOperationException()));
}
