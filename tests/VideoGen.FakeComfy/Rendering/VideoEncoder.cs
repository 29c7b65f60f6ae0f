using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using CliWrap.Exceptions;

namespace VideoGen.FakeComfy.Rendering;

/// <summary>
/// Makes real videos with ffmpeg, one at a time, and keeps the newest: equal orders cost one encode. What one server of this
/// process has made, no other makes again.
/// </summary>
internal sealed class VideoEncoder : IAsyncDisposable
{
    private const int Capacity = 64;

    private static readonly SemaphoreSlim Turn = new(1);
    private static readonly ConcurrentDictionary<string, byte[]> OfAll = [];

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Task<byte[]>> _made = [];

    /// <summary>The video of a plan in the format of an extension; an encode that failed is tried again the next time.</summary>
    public async Task<byte[]> MakeAsync(RenderPlan plan, string extension)
    {
        var hash = plan.Picture is null ? [] : SHA256.HashData(await File.ReadAllBytesAsync(plan.Picture, _stop.Token));
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{Convert.ToHexStringLower(hash)} {plan.Width}x{plan.Height} {plan.Frames} {plan.Rate} {plan.HasSound} {extension}");
        Task<byte[]>? task;
        lock (_gate)
        {
            if (!_made.TryGetValue(key, out task) || task.IsFaulted || task.IsCanceled)
            {
                _made.Remove(key);
                _made[key] = task = EncodeAsync(key, plan, extension);
                if (_made.Count > Capacity && _made.GetAt(0).Value.IsCompleted)
                {
                    _made.RemoveAt(0);
                }
            }
        }

        return await task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task<byte[]>[] left;
        lock (_gate)
        {
            left = [.. _made.Values];
        }

        await Task.WhenAll(left).ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task<byte[]> EncodeAsync(string key, RenderPlan plan, string extension)
    {
        await Turn.WaitAsync(_stop.Token);
        var path = Path.Combine(Path.GetTempPath(), $"videogen-fakecomfy-{Guid.NewGuid():N}.{extension}");
        var errors = new StringBuilder();
        try
        {
            if (OfAll.TryGetValue(key, out var made))
            {
                return made;
            }

            await Cli.Wrap("ffmpeg").WithArguments(Arguments(plan, extension, path))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors))
                .ExecuteAsync(_stop.Token);
            made = await File.ReadAllBytesAsync(path, _stop.Token);
            if (OfAll.Count < Capacity)
            {
                OfAll[key] = made;
            }

            return made;
        }
        catch (CommandExecutionException exception)
        {
            throw new InvalidDataException(errors.ToString().Trim(), exception);
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("The videos are made with ffmpeg, which cannot be run: install it.", exception);
        }
        finally
        {
            File.Delete(path);
            Turn.Release();
        }
    }

    private static string[] Arguments(RenderPlan plan, string extension, string path)
    {
        var still = extension is "png";
        string Text(FormattableString text) => FormattableString.Invariant(text);
        var seconds = Text($"{plan.Frames / plan.Rate:0.######}");

        // Scaled once, a little larger than the video, and then moved across: cheap, and it moves.
        var (width, height) = (Room(plan.Width), Room(plan.Height));
        var filter = Text($"scale={width}:{height}:force_original_aspect_ratio=increase,crop={width}:{height}")
            + Text($",loop=loop=-1:size=1,setpts=N/({plan.Rate}*TB)")
            + Text($",crop={plan.Width}:{plan.Height}:x='(iw-ow)*n/{plan.Frames}':y='(ih-oh)*n/{plan.Frames}'");
        string[] source = plan.Picture is null
            ? ["-f", "lavfi", "-i", Text($"testsrc2=size={width}x{height}")]
            : ["-i", plan.Picture];
        string[] sound = plan.HasSound && extension is ("mp4" or "webm" or "mkv")
            ? ["-f", "lavfi", "-i", Text($"sine=frequency=440:sample_rate=48000:duration={seconds}"), "-ac", "2"]
            : [];
        string[] codec = extension switch
        {
            "webm" => ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p"],
            "mp4" => ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
            "mkv" => ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p"],
            _ => [],
        };
        return
        [
            "-nostdin", "-loglevel", "error", "-y", .. source, .. sound, "-vf", filter, "-threads", "1",
            "-r", Text($"{plan.Rate}"), "-frames:v", Text($"{(still ? 1 : plan.Frames)}"), .. codec, path,
        ];
    }

    private static int Room(int length) => (length + (length / 16)) / 2 * 2;
}
