using System.Collections.Concurrent;
using VideoGen.ServiceDefaults;

namespace VideoGen.Api.Authentication;

/// <summary>
/// The keys that are valid now. The file is read again every second, which works on every file system and however the file is
/// replaced. Once there are keys, no change of the file opens the service: while the file cannot be read, the last keys stay in
/// force.
/// </summary>
internal sealed partial class CurrentKeys : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _requestsByKey = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _openAccess = new();
    private readonly Lock _reading = new();
    private readonly KeyFile _file;
    private readonly Audit _audit;
    private readonly TimeProvider _time;
    private readonly ILogger<CurrentKeys> _logger;
    private volatile KeyRing? _ring;
    private byte[]? _json;
    private string? _lastError;

    public CurrentKeys(IConfiguration settings, Audit audit, TimeProvider time, ILogger<CurrentKeys> logger)
    {
        (_file, _audit, _time, _logger) = (new KeyFile(KeyFile.PathIn(settings)), audit, time, logger);
        Everybody = Caller.Public with { Ended = _openAccess.Token };
        try
        {
            _json = _file.Read();
            _ring = _json is null ? null : KeyRing.Parse(_json);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Cannot read the keys in {_file.Path}. {exception.Message}");
        }

        if (_ring is null && !string.IsNullOrEmpty(settings[$"{KeyOptions.Section}:{nameof(KeyOptions.File)}"]))
        {
            throw new StartupException(
                $"The key file {_file.Path} (VideoGen:Keys:File) does not exist. Create a key with keys add NAME, or remove the "
                + "setting to allow access without a key.");
        }
    }

    /// <summary>Null while access is open because there has never been a key.</summary>
    public KeyRing? Ring => _ring;

    /// <summary>The caller while there is no key. Ends when the first key is created.</summary>
    public Caller Everybody { get; }

    /// <summary>The path of the key file.</summary>
    public string Path => _file.Path;

    /// <summary>Returns the caller with this key, or null if the key is not valid now.</summary>
    public Caller? Identify(string text) => _ring?.Identify(text, _time.GetUtcNow()) is { } key
        ? new Caller(key.Owner, key.Name) { Ended = _requestsByKey.GetOrAdd(key.Id, _ => new CancellationTokenSource()).Token }
        : null;

    /// <summary>Reads the file, and ends the open responses of callers whose key is no longer valid, or who have none.</summary>
    public void Reload()
    {
        lock (_reading)
        {
            ReadFile();
            EndInvalid();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Reload();
        }
    }

    private void ReadFile()
    {
        try
        {
            if (_file.Read() is not { } json)
            {
                LogOnce(_ring is null ? null : "The file does not exist.");
            }
            else if (_json is null || !json.AsSpan().SequenceEqual(_json))
            {
                Take(KeyRing.Parse(json));
                _json = json;
                _lastError = null;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogOnce(exception.Message);
        }
    }

    private void Take(KeyRing ring)
    {
        var before = _ring?.Keys ?? [];
        _ring = ring;
        foreach (var added in ring.Keys.ExceptBy(before.Select(key => key.Id), key => key.Id))
        {
            _audit.KeyMade(added);
        }

        foreach (var revoked in before.ExceptBy(ring.Keys.Select(key => key.Id), key => key.Id))
        {
            _audit.KeyRevoked(revoked);
        }
    }

    private void EndInvalid()
    {
        if (_ring is not null)
        {
            _openAccess.Cancel();
        }

        var now = _time.GetUtcNow();
        foreach (var (id, requests) in _requestsByKey)
        {
            if (_ring?.HasValid(id, now) is not true && _requestsByKey.TryRemove(id, out _))
            {
                requests.Cancel();    // not disposed: a request that has the token may be about to link to it
            }
        }
    }

    private void LogOnce(string? error)
    {
        if (error is not null && error != _lastError)
        {
            LogUnread(_file.Path, error);
        }

        _lastError = error;
    }

    [LoggerMessage(LogLevel.Error, "Cannot read the keys in {Path}; the previous keys stay in force: {Reason}")]
    private partial void LogUnread(string path, string reason);
}
