using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Silo.Video;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Video;

/// <summary>A join with the real ffmpeg and a media store on disk, and shots whose frames can be told apart.</summary>
internal sealed class JoinBench : IDisposable
{
    public static readonly FrameSize Size = new(128, 128);

    private readonly TemporaryDirectory _directory = new();
    private int _made;

    public JoinBench(VideoOptions? options = null, string? data = null)
    {
        Video = new VideoBench(options);
        Store = new FileMediaStore(Options.Create(new MediaOptions { DataDirectory = data ?? _directory.Path }));
        Joiner = new WatchedJoiner(
            new FfmpegVideoJoiner(Video.Ffmpeg, new ShotSound(Video.Ffmpeg, NullLogger<ShotSound>.Instance)));
    }

    public VideoBench Video { get; }

    public FileMediaStore Store { get; }

    public WatchedJoiner Joiner { get; }

    public ProgressLog Progress { get; } = new();

    public void Dispose()
    {
        Store.Dispose();
        Video.Dispose();
        _directory.Dispose();
    }

    /// <summary>Stores a shot whose frames carry its number and theirs, with or without sound; returns its media name.</summary>
    public async Task<string> ShotAsync(
        int shot, int frames, string? sound = null, string encode = "-c:v libx264 -pix_fmt yuv420p")
    {
        var name = $"shot{shot}-{++_made}.mp4";
        // Both inputs end by themselves: an output that ends after a number of frames loses sound.
        var audio = sound is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $" -f lavfi -t {frames / 24.0:0.######} -i {sound} -c:a aac");
        var path = await Video.MakeAsync(name,
            $"-f lavfi -i color=black:s={Size.Width}x{Size.Height}:r=24,{FrameMarks.Draw(shot)},trim=end_frame={frames}{audio} "
            + $"{encode} -movflags +faststart");
        await KeepAsync(name, path);
        return name;
    }

    public async Task KeepAsync(string name, string path)
    {
        await using var file = File.OpenRead(path);
        await Store.SaveAsync(MediaKind.Video, name, file.CopyToAsync, default);
    }

    public static JoinRequest Request(params JoinShot[] shots) =>
        new("storyboard_1", "someone", 1, [.. shots], Size, IsSilent: false);

    public static JoinShot Cut(string video, string title = "") => new(video, title, DropsFirstFrame: false, FadeFrames: 0);

    public Task<JoinOutcome> RunAsync(JoinRequest request, CancellationToken cancellationToken = default) =>
        new StoryboardJoin(Store, Joiner, Video.Processor).RunAsync(request, Progress, cancellationToken);

    /// <summary>Joins the shots, and returns the result and the path of its video.</summary>
    public async Task<(FinishedVideo Video, string Path)> JoinAsync(JoinRequest request)
    {
        var finished = Assert.IsType<JoinOutcome.Finished>(await RunAsync(request)).Video;
        using var lease = await Store.LeaseAsync(MediaKind.Video, finished.Video, default);
        return (finished, lease!.Path);
    }

    public async Task<List<string>> StoredAsync(MediaKind kind)
    {
        var names = new List<string>();
        await foreach (var name in Store.ListAsync(kind, DateTimeOffset.MaxValue, default))
        {
            names.Add(name);
        }

        return names;
    }

    internal sealed class ProgressLog : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
