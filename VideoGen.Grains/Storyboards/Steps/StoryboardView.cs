using System.Collections.Immutable;
using System.Globalization;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.Join;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Grains.Video;

namespace VideoGen.Grains.Storyboards.Steps;

/// <summary>
/// The public view of a storyboard: the stored state with the live progress of its shots and of the join, which is lost with the
/// activation.
/// </summary>
internal sealed class StoryboardView(string id, TimeProvider time)
{
    /// <summary>The part of the progress that the shots are.</summary>
    private const double ShotsPart = 0.9;

    private readonly string _activation = Guid.NewGuid().ToString("N")[..8];
    private Storyboard _storyboard = new();
    private ImmutableDictionary<string, GenerationSnapshot> _live = ImmutableDictionary<string, GenerationSnapshot>.Empty;
    private ImmutableDictionary<string, string> _waits = ImmutableDictionary<string, string>.Empty;
    private double _join;
    private string? _joinWait;
    private bool _isReleased;
    private int _changes;
    private TaskCompletionSource _changed = New();

    /// <summary>Null while it does not exist, and when it is being deleted.</summary>
    public StoryboardSnapshot? Snapshot { get; private set; }

    /// <summary>A new version is stored.</summary>
    public void Publish(Storyboard storyboard)
    {
        _storyboard = storyboard;
        var takes = storyboard.Shots.SelectMany(shot => (Take?[])[shot.Take, shot.Next]).OfType<Take>()
            .Select(take => take.GenerationId).ToHashSet();
        _live = _live.RemoveRange(_live.Keys.Where(id => !takes.Contains(id)));
        _waits = _waits.RemoveRange(_waits.Keys.Where(id => !takes.Contains(id)));
        Rebuild();
    }

    /// <summary>What a generation of a shot is now.</summary>
    public void Show(GenerationSnapshot generation)
    {
        _waits = _waits.Remove(generation.Id);
        _live = _live.SetItem(generation.Id, generation);
        Rebuild();
    }

    /// <summary>Why a shot cannot be submitted yet.</summary>
    public void ShowWait(string generationId, string reason)
    {
        _waits = _waits.SetItem(generationId, reason);
        Rebuild();
    }

    /// <summary>How far the join is, 0–1.</summary>
    public void ShowJoin(double progress)
    {
        (_join, _joinWait) = (Math.Round(progress, 2), null);
        Rebuild();
    }

    /// <summary>Why the shots cannot be joined now.</summary>
    public void ShowJoinWait(string reason)
    {
        _joinWait = reason;
        Rebuild();
    }

    /// <summary>The snapshot as soon as its tag differs, or after the timeout.</summary>
    public async Task<StoryboardSnapshot?> WaitAsync(string? seen, TimeSpan timeout)
    {
        var start = time.GetTimestamp();
        while (!_isReleased && Snapshot is { } snapshot && snapshot.Tag == seen
            && timeout - time.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
        {
            await _changed.Task.WaitAsync(left, time)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return Snapshot;
    }

    /// <summary>Ends all waits: the activation ends, and the next one knows more.</summary>
    public void Release()
    {
        _isReleased = true;
        _changed.TrySetResult();
    }

    private void Rebuild()
    {
        var before = Snapshot;
        var next = _storyboard is { Exists: true, IsDeleted: false } ? Build() : null;
        if (before is not null && next is not null && IsSame(before, next))
        {
            return;
        }

        _changes++;
        Snapshot = next is null ? null : next with
        {
            Tag = string.Create(CultureInfo.InvariantCulture, $"{_storyboard.Version}-{_activation}-{_changes}"),
        };
        var changed = _changed;
        _changed = New();
        changed.TrySetResult();
    }

    private StoryboardSnapshot Build()
    {
        var storyboard = _storyboard;
        ImmutableArray<ShotSnapshot> shots = [.. storyboard.Shots.Select((_, index) => Shot(index))];
        return new StoryboardSnapshot(
            id, storyboard.Owner, storyboard.Settings!, shots, storyboard.Status, storyboard.Version, storyboard.PlanVersion, "",
            storyboard.CreatedAt, storyboard.UpdatedAt, Progress(shots), storyboard.Film,
            shots.Any(shot => shot.IsPreview), storyboard.Error(), Chapters(), storyboard.Expiry,
            storyboard.Status is StoryboardStatus.Joining ? _joinWait : null);
    }

    private ShotSnapshot Shot(int index)
    {
        var shot = _storyboard.Shots[index];
        var newest = shot.ShownTake;
        var live = newest is null ? null : _live.GetValueOrDefault(newest.GenerationId);
        var status = ShotView.StatusOf(shot, live);
        var isInWork = status is ShotStatus.Pending or ShotStatus.Processing;
        return new ShotSnapshot(
            shot.Id, shot.ShownPlan, status, newest?.GenerationId, live?.Stage,
            status is ShotStatus.Completed ? 1 : isInWork ? live?.Progress : null, isInWork ? live?.QueuePosition : null,
            isInWork ? WaitReason(index, live) : null, shot.Take?.Video, shot.Take?.IsPreview ?? live?.IsPreview ?? false,
            newest?.StartPicture, newest?.StartedFrom, live?.Model ?? newest?.Model, live?.ReferencesUsed, shot.Next?.Error);
    }

    private string? WaitReason(int index, GenerationSnapshot? live)
    {
        var next = _storyboard.Shots[index].Next!;
        return live?.WaitReason ?? _waits.GetValueOrDefault(next.GenerationId)
            ?? (next.Phase is not TakePhase.Planned || next.Plan.Start is not ShotStart.Previous ? null
                : _storyboard.IsBlocked(index)
                    ? $"Shot {index} must be finished first, and it is not being rendered. Retry or regenerate it."
                : !_storyboard.IsReady(index) ? $"Waiting for the last frame of shot {index}."
                : null);
    }

    private double? Progress(ImmutableArray<ShotSnapshot> shots) => _storyboard.Status switch
    {
        StoryboardStatus.Draft => null,
        StoryboardStatus.Completed => 1,
        StoryboardStatus.Joining => Math.Round(ShotsPart + ((1 - ShotsPart) * _join), 3),
        _ => Math.Round(shots.Average(shot => shot.Progress ?? 0) * ShotsPart, 3),
    };

    /// <summary>Where the shots begin in the joined video, in seconds.</summary>
    private ImmutableArray<double> Chapters()
    {
        if (_storyboard.Film is null || _storyboard.JoinKey != _storyboard.FilmKey)
        {
            return [];
        }

        int[] frames =
        [
            .. _storyboard.Shots.Select(shot => (int)Math.Round(shot.Take!.Video!.DurationSeconds * VideoShape.FrameRate)),
        ];
        return [.. Timeline.Of(_storyboard.JoinShots(), frames).Shots
            .Select(shot => Math.Round((double)shot.Start / VideoShape.FrameRate, 3))];
    }

    private static bool IsSame(StoryboardSnapshot before, StoryboardSnapshot next) =>
        before with { Tag = "", Shots = [], Chapters = [] } == next with { Shots = [], Chapters = [] }
        && before.Shots.SequenceEqual(next.Shots) && before.Chapters.SequenceEqual(next.Chapters);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
