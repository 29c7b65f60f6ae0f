using VideoGen.Grains.Timing;

namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Answers that would end a paid job if they were true. A single one is not enough: they are believed when enough of them came
/// over enough time, and forgotten with the first answer to the contrary.
/// </summary>
internal sealed class Suspicion(TimeProvider time, GenerationOptions options)
{
    private int _answers;
    private long _first;

    /// <summary>Whether the answers so far are believed.</summary>
    public bool IsBelieved =>
        _answers >= options.SuspectAnswers && time.GetElapsedTime(_first) >= options.SuspectTime;

    /// <summary>The delay before asking again: short at first, because most wrong answers pass within seconds.</summary>
    public TimeSpan Delay => Backoff.Delay(_answers, options.SuspectTime / 24, options.SuspectTime / 2, null, random: 1);

    /// <summary>Counts one more such answer.</summary>
    public void Add()
    {
        if (_answers++ == 0)
        {
            _first = time.GetTimestamp();
        }
    }

    public void Clear() => _answers = 0;
}
