using VideoGen.FakeHub;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Faults;

/// <summary>The life of one order, from the side of its user, who retries once what may be retried.</summary>
internal sealed class OrderLife(FakeHubServer hub, Users users)
{
    /// <summary>Orders a video with a fault, and follows it to its end.</summary>
    public async Task<Story> LiveAsync(string script, Fault? fault, CancellationToken end)
    {
        if (fault is not null)
        {
            hub.Faults.Add(fault.For(script));
        }

        var story = new Story(script, "", fault);
        try
        {
            story = story with { Id = await users.OrderAsync(script, end) };
            story = await FollowAsync(story, mayRetry: true, end);
            return story with { Log = LedgerLine.ReadAll(await users.GetAsync($"/generation/{story.Id}/log", end)) };
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return story;
        }
    }

    /// <summary>The story with what the stand-in has about it.</summary>
    public Story Booked(Story story) => story with
    {
        Submits =
        [
            .. hub.Submits.All.Where(submit => submit.Prompt == story.Script).Select(submit => new BookedSubmit(
                submit.At, submit.Fate, submit.JobId is { } id ? hub.Jobs.PhaseOf(hub.Jobs.Find(id)!) : null)),
        ],
    };

    private async Task<Story> FollowAsync(Story story, bool mayRetry, CancellationToken end)
    {
        var generation = await users.EndAsync(story.Id, end);
        if (generation.Text("status") == "completed")
        {
            return story with { Status = "completed", Video = await users.DownloadAsync(generation.Text("videoUrl")!, end) };
        }

        var error = generation.GetProperty("error");
        var failed = story with { Status = "failed", Codes = [.. story.Codes, error.Text("code")!] };
        if (!mayRetry || !error.GetProperty("retryable").GetBoolean())
        {
            return failed;
        }

        await users.RetryAsync(story.Id, end);
        return await FollowAsync(failed with { Status = "unfinished" }, mayRetry: false, end);
    }
}
