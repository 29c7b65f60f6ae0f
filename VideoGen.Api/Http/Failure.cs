using Orleans.Persistence.Redis;
using Orleans.Reminders.Redis;
using StackExchange.Redis;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Http;

/// <summary>What kind of trouble an exception that reached the edge of the API stands for.</summary>
internal enum Failure
{
    /// <summary>A defect of ours.</summary>
    Bug,

    /// <summary>The media store has no room.</summary>
    StorageFull,

    /// <summary>More at once than the memory is enough for; what has ended gives it back.</summary>
    OutOfMemory,

    /// <summary>The cluster, its store or the media store does not answer; it should pass.</summary>
    Unavailable,
}

internal static class FailureOf
{
    /// <summary>Looks at the causes too: grains, tasks and clients wrap what they meet.</summary>
    public static Failure Classify(Exception exception) => exception switch
    {
        MediaStoreFullException => Failure.StorageFull,
        OutOfMemoryException => Failure.OutOfMemory,
        MediaStoreUnavailableException => Failure.Unavailable,
        RedisStorageException or RedisRemindersException or RedisException or OrleansException or TimeoutException => Failure.Unavailable,

        // "Message expired before placement could complete": what a silo says while it waits for another one that hangs.
        OperationCanceledException => Failure.Unavailable,
        AggregateException several => several.InnerExceptions.Max(Classify),
        { InnerException: { } cause } => Classify(cause),
        _ => Failure.Bug,
    };
}
