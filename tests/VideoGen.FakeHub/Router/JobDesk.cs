using System.Text.Json.Nodes;
using VideoGen.FakeHub.Faults;
using VideoGen.FakeHub.Hub;
using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Requests;

namespace VideoGen.FakeHub.Router;

/// <summary>Takes orders and answers for jobs, with the scripted faults; the providers only know the shapes.</summary>
internal sealed class JobDesk(JobBoard jobs, FaultBook faults, ModelCatalogue models, SubmitLog submits, TimeProvider time)
{
    public Task<IResult> SubmitAsync(HttpContext context, Order order, Func<Job, IResult> accepted)
    {
        if (!models.Serves(order.Provider, order.Model))
        {
            submits.Add(context, order, SubmitFate.Refused);
            return Task.FromResult<IResult>(Refusals.For(400, order.Provider));
        }

        return AdmitAsync(context, order, job => Task.FromResult(accepted(job)));
    }

    /// <summary>Like a submit, for a server that does not look into the catalogue.</summary>
    public async Task<IResult> AdmitAsync(HttpContext context, Order order, Func<Job, Task<IResult>> accepted)
    {
        var fault = faults.TakeForSubmit(order);
        if (RefusalOf(fault, order) is { } refusal)
        {
            submits.Add(context, order, refusal is Hangup ? SubmitFate.Dropped : SubmitFate.Refused);
            return refusal;
        }

        var job = jobs.Accept(order, faults.TakeForJob(order), context.Connection.LocalPort);
        submits.Add(context, order, SubmitFate.Accepted, job.Id);
        context.Concerns(job.Id);
        switch (fault?.Fault)
        {
            case FaultKind.AcceptThenDrop:
                return new Hangup();
            case FaultKind.AcceptThenError:
                return WithNumber(Refusals.For(fault.Status ?? 504, order.Provider, fault), order, job);
            case FaultKind.AcceptThenStall:
                var stall = fault.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
                return await WaitAsync(context, stall) ? await accepted(job) : new Hangup();
            default:
                return await accepted(job);
        }
    }

    /// <summary>Answers a question for the status of a job.</summary>
    public IResult Poll(HttpContext context, string provider, string id, Func<Job, JobPhase, IResult> known, IResult unknown)
    {
        if (Look(context, provider, Asked(context, id)) is not { } job)
        {
            return unknown;
        }

        if (job.Fault(FaultKind.DropOnPoll, job.Polls) is not null)
        {
            return new Hangup();
        }

        if (job.Fault(FaultKind.PollError, job.Polls) is { } error)
        {
            return Refusals.For(error.Status ?? 500, provider, error);
        }

        return job.Fault(FaultKind.HtmlOnPoll, job.Polls) is { } page ? Answer.Html(page.Status) : known(job, SeenPhase(job));
    }

    private Job? Asked(HttpContext context, string id) =>
        jobs.Update(id, job => job with { Polls = job.Polls + 1, Port = context.Connection.LocalPort });

    /// <summary>The job, unless it is unknown, another provider's, or to be lost.</summary>
    public static Job? Look(HttpContext context, string provider, Job? job)
    {
        if (job is null || job.Order.Provider != provider || job.Fault(FaultKind.LoseJob, job.Polls) is not null)
        {
            return null;
        }

        context.Concerns(job.Id);
        return job;
    }

    /// <summary>The part of a status that carries progress, after the faults that concern it.</summary>
    public JsonObject Tamper(Job job, JsonObject status)
    {
        if (job.Fault(FaultKind.MissingProgress, job.Polls) is not null)
        {
            foreach (var name in (string[])["progress", "queue_position", "logs", "metrics", "timings", "executionTime"])
            {
                status.Remove(name);
            }
        }

        if (job.Fault(FaultKind.FractionalProgress, job.Polls) is not null)
        {
            var total = (job.EndsAt - job.AcceptedAt).TotalSeconds;
            var percent = (time.GetUtcNow() - job.AcceptedAt).TotalSeconds / total * 100;
            status["progress"] = Math.Round(Math.Min(percent + 0.13, 99.97), 2);
            if (status.ContainsKey("queue_position"))
            {
                status["queue_position"] = jobs.PlaceInQueue(job) + 0.5;
            }
        }

        return status;
    }

    /// <summary>Waits on the stand-in's clock; false when the client left first.</summary>
    public async Task<bool> WaitAsync(HttpContext context, TimeSpan pause)
    {
        var wait = Task.Delay(pause, time, context.RequestAborted);
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return wait.IsCompletedSuccessfully;
    }

    private JobPhase SeenPhase(Job job) => jobs.PhaseOf(job) switch
    {
        JobPhase.Running when job.Fault(FaultKind.UnknownStatus, job.Polls) is not null => JobPhase.Puzzling,
        var phase => phase,
    };

    private static Answer WithNumber(Answer answer, Order order, Job job) => order.Provider == FalAi.Provider
        ? answer with { Headers = [.. answer.Headers, ("x-fal-request-id", job.Id)] }
        : answer;

    private static IResult? RefusalOf(FaultRule? fault, Order order) => fault?.Fault switch
    {
        FaultKind.DropBeforeAccept => new Hangup(),
        FaultKind.Refuse => Refusals.For(fault.Status ?? 429, order.Provider, fault),
        FaultKind.Loading => Refusals.Loading(order.Model, fault.Seconds ?? 20),
        FaultKind.LockAccount => Refusals.Locked,
        FaultKind.HtmlOnSubmit => Answer.Html(fault.Status),
        _ => null,
    };
}
