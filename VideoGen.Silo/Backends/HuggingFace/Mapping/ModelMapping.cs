using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.HuggingFace.Mapping;

/// <summary>
/// Which providers serve one model, as the Hub says. Answers are cached for ten minutes, because the Hub tests
/// mappings continuously and removes failing ones. A stale answer is used at once while one request refreshes it. A mapping
/// counts as removed after the Hub said so three times in a row, or once after a provider had said it.
/// </summary>
internal sealed class ModelMapping
{
    private const int Believed = 3;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FreshInDoubt = TimeSpan.FromSeconds(10);

    private readonly Func<HubToken, Task<MappingAnswer>> _ask;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;

    private readonly Lock _gate = new();
    private Task<MappingAnswer>? _question;
    private MappingAnswer? _last;
    private long _since;
    private TimeSpan _fresh;
    private int _doubts;
    private bool _isContradicted;

    public ModelMapping(Func<HubToken, Task<MappingAnswer>> ask, TimeProvider time, CancellationToken stopping) =>
        (_ask, _time, _stopping) = (ask, time, stopping);

    /// <summary>The request to the Hub that is in progress, or the last one.</summary>
    public Task Asking
    {
        get
        {
            lock (_gate)
            {
                return _question ?? Task.CompletedTask;
            }
        }
    }

    public async Task<MappingAnswer> GetAsync(HubToken token, CancellationToken cancellationToken)
    {
        Task<MappingAnswer> question;
        lock (_gate)
        {
            if (_last is not null && _time.GetElapsedTime(_since) < _fresh)
            {
                return _last;
            }

            if (_question is null or { IsCompleted: true })
            {
                _question = Task.Run(() => AskAsync(token), _stopping);
            }

            if (IsServed && !_isContradicted)
            {
                return _last!;
            }

            question = _question;
        }

        return await question.WaitAsync(cancellationToken);
    }

    /// <summary>A provider says that it does not serve the model: the Hub is asked before the next request is planned.</summary>
    public void Contradict()
    {
        lock (_gate)
        {
            _isContradicted = true;
            _fresh = TimeSpan.Zero;
        }
    }

    private bool IsServed => _last is MappingAnswer.Known { Mappings.Count: > 0 };

    private async Task<MappingAnswer> AskAsync(HubToken token) => Settle(await _ask(token));

    /// <summary>The answer to use: the new one, or the known one until it has been contradicted often enough.</summary>
    private MappingAnswer Settle(MappingAnswer answer)
    {
        lock (_gate)
        {
            var isServed = answer is MappingAnswer.Known { Mappings.Count: > 0 };
            _doubts = isServed ? 0 : answer is MappingAnswer.Unavailable ? _doubts : _doubts + 1;
            var isKept = IsServed && !isServed
                && (answer is MappingAnswer.Unavailable || (!_isContradicted && _doubts < Believed));
            _last = isKept ? _last : answer is MappingAnswer.Unavailable ? null : answer;
            _since = _time.GetTimestamp();
            _fresh = isServed ? Fresh : answer is MappingAnswer.Unavailable { RetryAfter: { } hint } ? hint : FreshInDoubt;
            _isContradicted = false;
            return _last ?? answer;
        }
    }
}
