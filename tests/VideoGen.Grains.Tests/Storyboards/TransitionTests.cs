using System.Collections.Immutable;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Storyboards.Contract;
using VideoGen.Grains.Storyboards.State;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Storyboards;

/// <summary>What follows for a storyboard from requests and from what happens to its shots.</summary>
public sealed class TransitionTests
{
    private static readonly ShotPlan Own = Boards.Plan();
    private static readonly ShotPlan Previous = Boards.Plan(ShotStart.Previous);

    [Fact]
    public void A_draft_has_no_work_and_a_started_one_has()
    {
        Assert.Equal((StoryboardStatus.Draft, false), (Boards.Draft(Own).Status, Boards.Draft(Own).HasWork));
        Assert.Equal((StoryboardStatus.Rendering, true), (Boards.Started(Own).Status, Boards.Started(Own).HasWork));
    }

    [Fact]
    public void Shots_start_at_once_but_one_that_follows_waits_for_the_frame()
    {
        var board = Boards.Started(Own, Previous, Own);

        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(board.IsReady));
        Assert.True(board.Made(0).IsReady(1));
    }

    [Fact]
    public void All_made_is_joined_and_then_completed()
    {
        var board = Boards.Started(Own, Own).Made(0).Made(1);
        Assert.Equal(StoryboardStatus.Joining, board.Status);

        var joining = board.Joining("board", Boards.Now);
        Assert.Equal((1, StoryboardStatus.Joining), (joining.JoinNumber, joining.Status));
        Assert.Same(joining, joining.Joining("board", Boards.Now));    // after a crash the same join goes on

        Assert.Equal((StoryboardStatus.Completed, false), (Boards.Completed(Own, Own).Status, Boards.Completed(Own).HasWork));
    }

    [Fact]
    public void A_failed_shot_blocks_those_that_follow_it_and_no_others()
    {
        var board = Boards.Started(Own, Previous, Previous, Own).Submitted(0).Ended(0, GenerationStatus.Failed, Orders.Error());

        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(board.IsBlocked));
        Assert.Equal(StoryboardStatus.Rendering, board.Status);
        Assert.Equal((StoryboardStatus.Failed, false), (board.Made(3).Status, board.Made(3).HasWork));
    }

    [Fact]
    public void A_retry_of_the_failed_shot_lets_the_others_go_on()
    {
        var failed = Boards.Started(Own, Previous).Submitted(0).Ended(0, GenerationStatus.Failed, Orders.Error());

        var retried = failed.Retry(failed.Retryable(null), Boards.Now);

        Assert.Equal((TakePhase.Retrying, StoryboardStatus.Rendering), (retried.Shots[0].Next!.Phase, retried.Status));
        Assert.Equal(failed.Shots[0].Next!.GenerationId, retried.Shots[0].Next!.GenerationId);
        Assert.False(retried.IsBlocked(1));
    }

    [Fact]
    public void What_was_never_submitted_is_planned_again_by_a_retry()
    {
        var board = Boards.Started(Own, Previous).Made(0);
        var canceled = board.Cancel(board.Cancelable(null), Boards.Now);

        Assert.Equal((TakePhase.Canceled, StoryboardStatus.Canceled), (canceled.Shots[1].Next!.Phase, canceled.Status));
        Assert.Equal(TakePhase.Planned, canceled.Retry(canceled.Retryable(1), Boards.Now).Shots[1].Next!.Phase);
    }

    [Fact]
    public void A_redo_keeps_the_shot_and_the_film_until_it_is_done_and_submits_nothing_else()
    {
        var before = Boards.Completed(Own, Previous, Own);
        var redone = before.Redo(0, Take.Planned(Own with { Script = "She runs." }), Boards.Now);

        Assert.Equal(before.Shots[0].Take, redone.Shots[0].Take);
        Assert.Equal((before.Film, StoryboardStatus.Rendering), (redone.Film, redone.Status));
        Assert.All(redone.Shots.Skip(1), shot => Assert.Null(shot.Next));
        Assert.Equal("She runs.", redone.Shots[0].ShownPlan.Script);

        var made = redone.Made(0);
        Assert.Equal(("She runs.", StoryboardStatus.Joining), (made.Shots[0].Take!.Plan.Script, made.Status));
        Assert.Equal(2, made.Joining("board", Boards.Now).JoinNumber);
    }

    [Fact]
    public void A_redo_that_fails_leaves_the_storyboard_completed()
    {
        var board = Boards.Completed(Own, Own).Redo(1, Take.Planned(Own), Boards.Now).Submitted(1)
            .Ended(1, GenerationStatus.Failed, Orders.Error());

        Assert.Equal(StoryboardStatus.Completed, board.Status);
        Assert.NotNull(board.Shots[1].Next!.Error);
    }

    [Fact]
    public void A_frame_is_dropped_only_where_it_repeats_the_last_one_of_the_shot_as_it_is()
    {
        var board = Boards.Completed(Own, Previous);
        Assert.Equal([false, true], board.JoinShots().Select(shot => shot.DropsFirstFrame));

        var redone = board.Redo(0, Take.Planned(Own), Boards.Now).Made(0);
        Assert.Equal([false, false], redone.JoinShots().Select(shot => shot.DropsFirstFrame));
    }

    [Fact]
    public void Another_transition_joins_again_and_submits_nothing()
    {
        var board = Boards.Completed(Own, Own);
        var settings = Boards.Settings with { Transition = new ShotTransition(0.5) };

        Assert.True(board.Allows(settings, [Own, Own]));
        var changed = board.Change(settings, [Own, Own], Boards.Now);

        Assert.Equal((StoryboardStatus.Joining, 12), (changed.Status, changed.JoinShots()[1].FadeFrames));
        Assert.All(changed.Shots, shot => Assert.Null(shot.Next));
    }

    [Fact]
    public void What_was_started_cannot_be_changed_otherwise()
    {
        var board = Boards.Started(Own, Previous);

        Assert.False(board.Allows(Boards.Settings with { Side = 512 }, [Own, Previous]));
        Assert.False(board.Allows(Boards.Settings, [Own]));
        Assert.False(board.Submitted(0).Shots[1].IsStarted);
        Assert.True(board.Submitted(0).Shots[0].IsStarted);
    }

    [Fact]
    public void A_video_that_is_gone_has_to_be_made_anew()
    {
        var board = Boards.Completed(Own, Own);

        var gone = board.TakeGone(board.Shots[0].Take!.GenerationId, Boards.Now);

        Assert.Equal(StoryboardStatus.Failed, gone.Status);
        Assert.Equal(GenerationErrorCode.JobLost, gone.Error()!.Code);
    }

    [Fact]
    public void A_generation_that_completes_after_all_is_used()
    {
        var board = Boards.Started(Own).Submitted(0).Ended(0, GenerationStatus.Failed, Orders.Error());

        Assert.Equal(StoryboardStatus.Joining, board.Ended(0, GenerationStatus.Completed).Status);
    }

    [Fact]
    public void A_key_is_remembered_for_a_day_and_the_newest_of_them()
    {
        UsedKey Key(int number, double hours = 0) => new($"key {number}", "print", Boards.Now.AddHours(hours));
        var board = Enumerable.Range(0, 70).Aggregate(Boards.Draft(Own), (current, number) => current.Remember(Key(number)));

        Assert.Equal(64, board.Keys.Length);
        Assert.NotNull(board.Find(Key(69, hours: 23)));
        Assert.Null(board.Find(Key(69, hours: 25)));
        Assert.Null(board.Find(Key(3)));
    }

    [Fact]
    public void Each_end_is_owed_to_the_webhook_once()
    {
        var board = Boards.Started(Own) with { Settings = Boards.Settings with { WebhookUrl = "https://shop.example" } };
        var made = board.Made(0).Joining("board", Boards.Now);
        var completed = made.Joined(made.Join!, new FinishedVideo("film.mp4", "film.jpg", 3, 768, 768, 1), Boards.Now);

        Assert.Equal("storyboard.completed", Assert.Single(completed.OwedEvents).Type);
        Assert.Empty(completed.Announced(1).OwedEvents);
        Assert.False(completed.Announced(1).HasWork);
    }

    [Fact]
    public void An_expired_film_is_removed_and_not_joined_again()
    {
        var expired = Boards.Completed(Own).Expired(ExpiryReason.Age, Boards.Now);

        Assert.Equal((StoryboardStatus.Completed, true), (expired.Status, expired.HasOldFiles));
        Assert.Null(expired.Film);
    }

    [Fact]
    public void A_shot_that_follows_a_blocked_redo_starts_from_the_video_that_there_is()
    {
        var board = Boards.Completed(Own, Previous, Previous);
        board = board.Redo(2, Take.Planned(Previous), Boards.Now).Redo(1, Take.Planned(Previous), Boards.Now);

        Assert.False(board.IsReady(2));    // it waits for the new shot 2
        var gone = board.TakeGone(board.Shots[0].Take!.GenerationId, Boards.Now);

        Assert.True(gone.IsBlocked(1));
        Assert.True(gone.IsReady(2));
    }

    [Fact]
    public void The_end_before_a_retry_does_not_undo_the_retry()
    {
        var failed = Boards.Started(Own).Submitted(0).Ended(0, GenerationStatus.Failed, Orders.Error());
        var retried = failed.Retry([0], Boards.Now);

        Assert.Same(retried, retried.Ended(0, GenerationStatus.Failed, Orders.Error()));
        var givenUp = retried.RetryGivenUp(retried.Shots[0].Next!.GenerationId, Boards.Now);
        Assert.Equal(TakePhase.Canceled, givenUp.Shots[0].Next!.Phase);
    }

    [Fact]
    public void A_character_that_was_changed_meanwhile_is_not_brought_back_by_a_render()
    {
        var board = Boards.Draft(Own);
        ImmutableArray<Take> takes = [Take.Planned(Own)];
        var newer = Boards.Character with { Version = 2 };

        var other = board.Start(new CastForRender(newer with { Id = "other" }, new(100, 50)), takes, Boards.Now);
        var same = board.Start(new CastForRender(newer, new(100, 50)), takes, Boards.Now);

        Assert.Equal((1, 768), (other.Settings!.Character.Version, other.Settings.Width));
        Assert.Equal((2, 100), (same.Settings!.Character.Version, same.Settings.Width));
    }

    [Fact]
    public void A_failed_redo_shows_the_video_and_the_plan_that_are_in_use()
    {
        var board = Boards.Completed(Own, Own);
        var failed = board.Redo(1, Take.Planned(Own with { Script = "Other." }), Boards.Now).Submitted(1)
            .Ended(1, GenerationStatus.Failed, Orders.Error());

        Assert.Equal((Own.Script, board.Shots[1].Take), (failed.Shots[1].ShownPlan.Script, failed.Shots[1].ShownTake));
    }
}
