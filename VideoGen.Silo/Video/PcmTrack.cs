using System.Buffers.Binary;
using VideoGen.Grains.Video;

namespace VideoGen.Silo.Video;

/// <summary>
/// A sound track without header or compression: 48 kHz, two channels, 16 bits. Any frame of 24 per second begins at a whole
/// sample, so that shots are placed exactly.
/// </summary>
internal static class PcmTrack
{
    public const int SampleRate = 48_000;
    public const int SamplesPerFrame = SampleRate / VideoShape.FrameRate;

    private const int Channels = 2;
    private const int BytesPerValue = 2;
    private const int BufferBytes = 64 * 1024;

    /// <summary>The arguments for ffmpeg to write such a track.</summary>
    public static IReadOnlyList<string> Output(string path) => [.. Format, VideoJob.FileUrl(path)];

    /// <summary>The arguments for ffmpeg to read such a track.</summary>
    public static IReadOnlyList<string> Input(string path) => [.. Format, "-i", VideoJob.FileUrl(path)];

    /// <summary>The filter that gives a track the length of the video: the last shots may be silent.</summary>
    public static string Fill(int frames) =>
        $"apad=whole_len={frames * SamplesPerFrame},atrim=end_sample={frames * SamplesPerFrame}";

    /// <summary>Adds one track to another, from a frame on; between the end of that one and the start there is silence.</summary>
    public static async Task AddAsync(string piece, string track, int startFrame, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(piece, FileMode.Open, FileAccess.Read, FileShare.Read, 0, useAsync: true);
        await using var target = new FileStream(
            track, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0, useAsync: true);
        var (added, present) = (new byte[BufferBytes], new byte[BufferBytes]);
        var place = (long)startFrame * SamplesPerFrame * Channels * BytesPerValue;
        while (await source.ReadAtLeastAsync(added, BufferBytes, throwOnEndOfStream: false, cancellationToken)
            is var count and > 0)
        {
            target.Position = place;
            var overlap = await target.ReadAtLeastAsync(
                present.AsMemory(0, count), count, throwOnEndOfStream: false, cancellationToken);
            Mix(added.AsSpan(0, overlap), present);
            target.Position = place;
            await target.WriteAsync(added.AsMemory(0, count), cancellationToken);
            place += count;
        }
    }

    private static string[] Format { get; } = ["-f", "s16le", "-ar", $"{SampleRate}", "-ac", $"{Channels}"];

    private static void Mix(Span<byte> sum, ReadOnlySpan<byte> other)
    {
        for (var at = 0; at + BytesPerValue <= sum.Length; at += BytesPerValue)
        {
            var value = BinaryPrimitives.ReadInt16LittleEndian(sum[at..]) + BinaryPrimitives.ReadInt16LittleEndian(other[at..]);
            BinaryPrimitives.WriteInt16LittleEndian(sum[at..], (short)Math.Clamp(value, short.MinValue, short.MaxValue));
        }
    }
}
