using System.Collections.Concurrent;
using System.ComponentModel;
using CliWrap;
using CliWrap.Exceptions;

namespace VideoGen.FakeVideos.Rendering;

/// <summary>
/// Makes real videos with ffmpeg, each one once: the newest 1,000 different ones are kept as files. What one server of this
/// process has made, no other makes again.
/// </summary>
internal sealed class VideoRenderer : IAsyncDisposable
{
    private const int Capacity = 1_000;
    private const int CapacityOfAll = 64;

    private static readonly SemaphoreSlim AtOnce = new(Math.Max(1, Environment.ProcessorCount / 2));
    private static readonly ConcurrentDictionary<string, byte[]> OfAll = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("videogen-fakevideos-");
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<string?>> _made = [];
    private readonly Queue<string> _age = [];

    public VideoRenderer()
    {
        Pictures = new(_folder);
    }

    /// <summary>The pictures to make videos of.</summary>
    public PictureFiles Pictures { get; }

    /// <summary>
    /// Makes a video, or waits for one that is being made. Answers why that is impossible, or null. Who stops waiting does not
    /// stop the work, since others may wait for the same.
    /// </summary>
    public Task<string?> RenderAsync(VideoSpec spec, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_made.TryGetValue(spec.FileName, out var making) || making is { IsCompleted: true, Result: not null })
            {
                if (making is null)
                {
                    _age.Enqueue(spec.FileName);
                    MakeRoom();
                }

                _made[spec.FileName] = making = Task.Run(() => MakeAsync(spec), CancellationToken.None);
            }

            return making.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The path of a video, or null when it is not there (any more).</summary>
    public string? Find(string name)
    {
        lock (_gate)
        {
            return _made.GetValueOrDefault(name) is { IsCompleted: true, Result: null } ? PathOf(name) : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task<string?>[] making;
        lock (_gate)
        {
            making = [.. _made.Values];
        }

        await Task.WhenAll(making);
        _folder.Delete(recursive: true);
        _end.Dispose();
    }

    private async Task<string?> MakeAsync(VideoSpec spec)
    {
        try
        {
            await AtOnce.WaitAsync(_end.Token);
            try
            {
                var picture = spec.Picture is null ? null : Pictures.PathOf(spec.Picture);
                await MakeAsync(spec, picture, PathOf(spec.FileName));
                return null;
            }
            finally
            {
                AtOnce.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return "The stand-in ends.";
        }
        catch (CommandExecutionException)
        {
            return "cannot identify image file";
        }
        catch (Win32Exception)
        {
            return "The videos are made with ffmpeg, which could not be run: install it.";
        }
    }

    private async Task MakeAsync(VideoSpec spec, string? picture, string path)
    {
        if (OfAll.TryGetValue(spec.FileName, out var made) && (picture is null || File.Exists(picture)))
        {
            await File.WriteAllBytesAsync(path, made, _end.Token);
            return;
        }

        await Cli.Wrap("ffmpeg").WithArguments(spec.Arguments(picture, path)).ExecuteAsync(_end.Token);
        if (OfAll.Count < CapacityOfAll)
        {
            OfAll[spec.FileName] = await File.ReadAllBytesAsync(path, _end.Token);
        }
    }

    private void MakeRoom()
    {
        if (_age.Count > Capacity && _age.Dequeue() is var oldest && _made.Remove(oldest, out var making) && making.IsCompleted)
        {
            File.Delete(PathOf(oldest));
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
