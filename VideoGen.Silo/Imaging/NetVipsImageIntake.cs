using Microsoft.Extensions.Options;
using NetVips;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Silo.Imaging;

/// <summary>
/// Accepts pictures with libvips, with limits on concurrency, pixels and time. The caller's token cancels the wait for a free
/// slot; a decode that has begun runs to its end.
/// </summary>
internal sealed partial class NetVipsImageIntake : IImageIntake, IDisposable
{
    private static readonly double[] White = [255, 255, 255];

    private readonly ImagingOptions _limits;
    private readonly TimeProvider _time;
    private readonly ILogger<NetVipsImageIntake> _logger;
    private readonly SemaphoreSlim _slots;

    public NetVipsImageIntake(IOptions<ImagingOptions> options, TimeProvider time, ILogger<NetVipsImageIntake> logger)
    {
        VipsLibrary.LockDown();
        _limits = options.Value;
        _time = time;
        _logger = logger;
        _slots = new SemaphoreSlim(_limits.MaxConcurrent);
    }

    public async Task<IntakeOutcome> AcceptAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(_limits.MaxTime, _time);

            // On a dedicated thread: the thread pool has as many threads as there are cores, and pictures would take them all
            // from requests.
            return await Task.Factory.StartNew(
                () => Accept(file.ToArray(), limit.Token), cancellationToken, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
        finally
        {
            _slots.Release();
        }
    }

    public FrameSize SizeOf(string path)
    {
        using var header = Image.NewFromFile(path, access: Enums.Access.Sequential);
        return new FrameSize(header.Width, header.Height);
    }

    public void Dispose() => _slots.Dispose();

    private IntakeOutcome Accept(byte[] file, CancellationToken limit)
    {
        var outcome = Decode(file, limit);
        if (outcome is IntakeOutcome.Refused { Code: var code })
        {
            LogRefused(file.Length, code);
        }

        return outcome;
    }

    private IntakeOutcome Decode(byte[] file, CancellationToken limit)
    {
        if (Image.FindLoadBuffer(file) is null)
        {
            return Heif.IsUnsupported(file) ? ImageRefusal.Heic : ImageRefusal.Unreadable;
        }

        if (DecodingCost.IsExcessive(file))
        {
            return ImageRefusal.TooCostly;
        }

        try
        {
            return CheckHeader(file) is { } refused ? refused : Reencode(file, limit);
        }
        catch (VipsException) when (limit.IsCancellationRequested)
        {
            return ImageRefusal.TooCostly;
        }
        catch (VipsException exception)
        {
            LogUndecodable(file.Length, exception.Message);
            return Heif.IsUnsupported(file) ? ImageRefusal.Heic : ImageRefusal.Damaged;
        }
    }

    /// <summary>Reads only the dimensions, so that no pixel of a decompression bomb is decoded.</summary>
    private IntakeOutcome.Refused? CheckHeader(byte[] file)
    {
        using var header = Image.NewFromBuffer(file, access: Enums.Access.Sequential);
        var maxPixels = header.Contains("heif-compression") ? _limits.MaxAvifPixels : _limits.MaxPixels;
        return Judge(header.Width, header.Height, maxPixels);
    }

    private IntakeOutcome.Refused? Judge(int width, int height, int maxPixels)
    {
        var (shorter, longer) = (Math.Min(width, height), Math.Max(width, height));
        return (shorter, longer) switch
        {
            _ when shorter < _limits.MinSide => ImageRefusal.TooSmall(width, height, _limits.MinSide),
            _ when longer > _limits.MaxSide || (long)width * height > maxPixels =>
                ImageRefusal.TooLarge(width, height, _limits.MaxSide, maxPixels),
            _ when longer > _limits.MaxOutputSide && (long)shorter * _limits.MaxOutputSide / longer < _limits.MinSide =>
                ImageRefusal.TooNarrow(width, height),
            _ => null,
        };
    }

    private IntakeOutcome.Accepted Reencode(byte[] file, CancellationToken limit)
    {
        // fail_on goes into the option string: libvips ignores the argument of the same name here, and half a JPEG would be
        // returned as a half-grey picture. This call also rotates the picture upright and converts embedded color profiles.
        using var upright = Image.ThumbnailBuffer(
            file, _limits.MaxOutputSide, "[fail_on=error]", _limits.MaxOutputSide, Enums.Size.Down, outputProfile: "srgb");
        using var colour = upright.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = colour.HasAlpha() ? colour.Flatten(White) : colour.Copy();
        using var kill = limit.Register(() => opaque.SetKill(true));
        var jpeg = opaque.JpegsaveBuffer(_limits.JpegQuality, optimizeCoding: true, keep: Enums.ForeignKeep.None);
        return new IntakeOutcome.Accepted(jpeg, new FrameSize(opaque.Width, opaque.Height), Attention.In(jpeg));
    }

    [LoggerMessage(LogLevel.Information, "Refused a picture of {Bytes} bytes: {Code}")]
    private partial void LogRefused(int bytes, string code);

    [LoggerMessage(LogLevel.Debug, "A picture of {Bytes} bytes cannot be decoded: {Reason}")]
    private partial void LogUndecodable(int bytes, string reason);
}
