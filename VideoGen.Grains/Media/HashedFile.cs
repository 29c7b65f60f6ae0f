using System.Security.Cryptography;

namespace VideoGen.Grains.Media;

/// <summary>Scratch files on their way into a store, and their SHA-256.</summary>
public static class HashedFile
{
    /// <summary>Creates the file, empty.</summary>
    public static FileStream Create(ScratchFile file) => Open(file, FileMode.CreateNew);

    /// <summary>Opens a file that a tool has finished.</summary>
    public static FileStream Open(ScratchFile file) => Open(file, FileMode.Open);

    /// <summary>Lets <paramref name="write"/> fill the file, and returns the hash of its content.</summary>
    public static async Task<byte[]> WriteAsync(
        FileStream file, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var sha256 = SHA256.Create();
        await using var hashed = new CryptoStream(file, sha256, CryptoStreamMode.Write, leaveOpen: true);
        await write(hashed, cancellationToken);
        if (!hashed.HasFlushedFinalBlock)
        {
            await hashed.FlushFinalBlockAsync(cancellationToken);
        }

        return sha256.Hash!;
    }

    /// <summary>
    /// The hash of the whole file. It takes as long as many grain turns, so it must not run on a grain's scheduler.
    /// </summary>
    public static Task<byte[]> HashAsync(FileStream file, CancellationToken cancellationToken) =>
        Task.Run(async () => await SHA256.HashDataAsync(file, cancellationToken), cancellationToken);

    // Unbuffered: a buffer would be flushed again during the cleanup after a failed write, and fail again.
    private static FileStream Open(ScratchFile file, FileMode mode) => new(
        file.Path, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
}
