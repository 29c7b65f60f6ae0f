using Tsavorite.core;

namespace VideoGen.Api.EmbeddedStore;

/// <summary>
/// A file that waits while the disk is full. After one failed write, Garnet's log accepts no further write, even when there is
/// free space again, and then hangs on close. So a full disk is never reported: the write is repeated until it succeeds, its
/// callback waits, and callers run into their own timeout.
/// </summary>
internal sealed class PatientDevice(IDevice file, StoreRoom room)
    : StorageDeviceBase(file.FileName, file.SectorSize, file.Capacity)
{
    public override void Initialize(long segmentSize, LightEpoch? epoch = null, bool omitSegmentIdFromFilename = false)
    {
        base.Initialize(segmentSize, epoch, omitSegmentIdFromFilename);
        file.Initialize(segmentSize, epoch, omitSegmentIdFromFilename);
    }

    public override void WriteAsync(nint sourceAddress, int segmentId, ulong destinationAddress, uint numBytesToWrite,
        DeviceIOCompletionCallback callback, object context) =>
        file.WriteAsync(sourceAddress, segmentId, destinationAddress, numBytesToWrite, (errorCode, numBytes, state, error) =>
        {
            if (StoreRoom.IsMissing(errorCode))
            {
                room.Enter();
                _ = RepeatAsync(
                    () => WriteOnceAsync(sourceAddress, segmentId, destinationAddress, numBytesToWrite), callback, state);
                return;
            }

            callback(errorCode, numBytes, state, error);
        }, context);

    public override void ReadAsync(int segmentId, ulong sourceAddress, nint destinationAddress, uint readLength,
        DeviceIOCompletionCallback callback, object context) =>
        file.ReadAsync(segmentId, sourceAddress, destinationAddress, readLength, callback, context);

    public override void RemoveSegmentAsync(int segment, AsyncCallback callback, IAsyncResult result) =>
        file.RemoveSegmentAsync(segment, callback, result);

    public override bool Throttle() => file.Throttle();

    public override bool TryComplete() => file.TryComplete();

    public override long GetFileSize(int segment) => file.GetFileSize(segment);

    public override void Reset() => file.Reset();

    public override void Dispose() => file.Dispose();

    // Repeating is safe: a block always goes to the same position of its segment, and its memory is kept until the callback.
    private async Task RepeatAsync(Func<Task<Outcome>> write, DeviceIOCompletionCallback callback, object context)
    {
        Outcome outcome;
        do
        {
            await room.PauseAsync();
            outcome = await write();
        }
        while (StoreRoom.IsMissing(outcome.ErrorCode));

        room.Leave();
        callback(outcome.ErrorCode, outcome.Bytes, context, outcome.Error);
    }

    private Task<Outcome> WriteOnceAsync(nint sourceAddress, int segmentId, ulong destinationAddress, uint numBytesToWrite)
    {
        var done = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        file.WriteAsync(sourceAddress, segmentId, destinationAddress, numBytesToWrite,
            (errorCode, numBytes, _, error) => done.SetResult(new Outcome(errorCode, numBytes, error)), done);
        return done.Task;
    }

    private readonly record struct Outcome(uint ErrorCode, uint Bytes, Exception? Error);
}
