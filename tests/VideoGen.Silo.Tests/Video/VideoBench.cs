using CliWrap;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Video;
using VideoGen.Silo.Video;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Video;

/// <summary>The real ffmpeg, a directory of its own, and ways to make files and to look into them.</summary>
internal sealed class VideoBench : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Ffmpeg _ffmpeg;

    public VideoBench(VideoOptions? options = null, TimeProvider? time = null)
    {
        _ffmpeg = new Ffmpeg(
            Options.Create(options ?? new VideoOptions()), time ?? TimeProvider.System, NullLogger<Ffmpeg>.Instance);
        Processor = new FfmpegVideoProcessor(_ffmpeg, NullLogger<FfmpegVideoProcessor>.Instance);
    }

    public Ffmpeg Ffmpeg => _ffmpeg;

    public FfmpegVideoProcessor Processor { get; }

    public string PathOf(string name) => Path.Combine(_directory.Path, name);

    public void Dispose()
    {
        _ffmpeg.Dispose();
        _directory.Dispose();
    }

    /// <summary>Makes a file with ffmpeg, from a line of arguments without spaces in them.</summary>
    public async Task<string> MakeAsync(string name, string arguments)
    {
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-nostdin", "-y", .. arguments.Split(' '), PathOf(name)])
            .ExecuteAsync();
        return PathOf(name);
    }

    public async Task<string> WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>A program that stands in for ffmpeg or ffprobe.</summary>
    public async Task<string> ScriptAsync(string name, string lines)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins are shell scripts.");
        var path = await WriteAsync(name, $"#!/bin/sh\n{lines}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    public async Task<VideoFacts> FactsAsync(string path) =>
        Assert.IsType<InspectOutcome.Film>(await Processor.InspectAsync(path, CancellationToken.None)).Facts;

    /// <summary>The brightness of every pixel of every picture in a file, scaled to a square.</summary>
    public static Task<byte[][]> GrayAsync(string path, int side, string crop = "null") =>
        PixelsAsync(path, side, crop, "gray", 1);

    /// <summary>Red, green and blue of every pixel of every picture in a file, scaled to a square.</summary>
    public static Task<byte[][]> ColorAsync(string path, int side, string crop = "null") =>
        PixelsAsync(path, side, crop, "rgb24", 3);

    /// <summary>The mean difference of two pictures, 0–255.</summary>
    public static double Difference(byte[] one, byte[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Average();

    private static async Task<byte[][]> PixelsAsync(string path, int side, string crop, string format, int bytesOfPixel)
    {
        using var pixels = new MemoryStream();
        await Cli.Wrap("ffmpeg")
            .WithArguments(
            [
                "-v", "error", "-nostdin", "-i", path, "-vf", $"{crop},scale={side}:{side}:flags=area,format={format}",
                "-fps_mode", "passthrough", "-f", "rawvideo", "-",
            ])
            .WithStandardOutputPipe(PipeTarget.ToStream(pixels))
            .ExecuteAsync();
        return [.. pixels.ToArray().Chunk(side * side * bytesOfPixel)];
    }
}
