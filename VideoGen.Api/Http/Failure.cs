using Orleans.Persistence.Redis;
using Orleans.Reminders.Redis;
using StackExchange.Redis;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Http;

/// <summary>The kind of failure behind an unhandled exception.</summary>
internal enum Failure
{
    /// <summary>A bug in this product.</summary>
    Bug,

    /// <summary>The media store is full.</summary>
    StorageFull,

    /// <summary>The process ran out of memory. Requests that end release it.</summary>
    OutOfMemory,

    /// <summary>The cluster, its store or the media store does not respond. Temporary.</summary>
    Unavailable,
}

internal static class FailureOf
{
    /// <summary>Also looks at inner exceptions: grains, tasks and clients wrap exceptions.</summary>
    public static Failure Classify(Exception exception) => exception switch
    {
        MediaStoreFullException => Failure.StorageFull,
        OutOfMemoryException => Failure.OutOfMemory,
        MediaStoreUnavailableException => Failure.Unavailable,
        RedisStorageException or RedisRemindersException or RedisException or OrleansException or TimeoutException =>
            Failure.Unavailable,

        // "Message expired before placement could complete": from a silo that waits for another one that hangs.
        OperationCanceledException => Failure.Unavailable,
        AggregateException several => several.InnerExceptions.Max(Classify),
        { InnerException: { } cause } => Classify(cause),
        _ => Failure.Bug,
    };
}
