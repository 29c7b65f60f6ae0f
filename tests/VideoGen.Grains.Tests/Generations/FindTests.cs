using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Grains.Tests.Generations;

/// <summary>A submit with an unknown outcome whose backend can be asked for the job.</summary>
public sealed class FindTests(ClusterFixture cluster)
{
    private static readonly GenerationError Lost = Orders.Error(GenerationErrorCode.OutcomeUnknown);
    private static readonly RenderJob Lead = new("seen-in-an-error");

    [Fact]
    public async Task A_job_that_the_backend_knows_is_followed_and_not_submitted_again()
    {
        var leads = new List<RenderJob?>();
        var backend = Backend((_, lead) =>
        {
            leads.Add(lead);
            return new FindOutcome.Found(lead!);
        });

        var (id, end) = await RunAsync(backend);

        Assert.Equal((GenerationStatus.Completed, 1), (end.Status, end.Attempt));
        Assert.Equal(1, backend.SubmitsOf(id));
        Assert.Equal([Lead], leads);
    }

    [Fact]
    public async Task A_backend_that_does_not_answer_is_asked_again()
    {
        var asked = 0;
        var backend = Backend((_, lead) =>
            ++asked < 3 ? new FindOutcome.Unavailable(Orders.Error()) : new FindOutcome.Found(lead!));

        var (id, end) = await RunAsync(backend);

        Assert.Equal((GenerationStatus.Completed, 1), (end.Status, end.Attempt));
        Assert.Equal((1, 3), (backend.SubmitsOf(id), asked));
    }

    [Fact]
    public async Task What_is_certainly_not_there_is_submitted_again()
    {
        var submits = 0;
        var backend = Backend((_, _) => new FindOutcome.NotThere(Orders.Error()));
        var first = backend.Submit;
        backend.Submit = order => submits++ == 0
            ? first(order)
            : Task.FromResult<SubmitOutcome>(new SubmitOutcome.Accepted(new RenderJob("second")));

        var (id, end) = await RunAsync(backend);

        Assert.Equal((GenerationStatus.Completed, 2), (end.Status, end.Attempt));
        Assert.Equal(2, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task What_a_restarted_server_may_have_forgotten_is_not_paid_for_again()
    {
        var backend = Backend((_, _) => new FindOutcome.NotThere(Orders.Error()) { MayBeForgotten = true });

        var (id, end) = await RunAsync(backend);

        Assert.Equal((GenerationStatus.Failed, GenerationErrorCode.OutcomeUnknown), (end.Status, end.Error!.Code));
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    [Fact]
    public async Task What_cannot_be_found_stays_unknown_and_a_retry_looks_once_more_before_it_pays()
    {
        var backend = Backend((_, _) => new FindOutcome.CannotTell());
        var (id, end) = await RunAsync(backend);
        Assert.Equal(GenerationErrorCode.OutcomeUnknown, end.Error!.Code);

        backend.Find = (_, lead) => Task.FromResult<FindOutcome>(new FindOutcome.Found(lead!));
        await cluster.Generation(id).RetryAsync();

        end = await cluster.UntilEndAsync(id);
        Assert.Equal((GenerationStatus.Completed, 1), (end.Status, end.Attempt));
        Assert.Equal(1, backend.SubmitsOf(id));
    }

    private static ScriptedBackend Backend(Func<RenderRequest, RenderJob?, FindOutcome> find) => new()
    {
        Submit = _ => Task.FromResult<SubmitOutcome>(new SubmitOutcome.Unknown(Lost, Lead)),
        Find = (order, lead) => Task.FromResult(find(order, lead)),
    };

    private async Task<(string Id, GenerationSnapshot End)> RunAsync(ScriptedBackend backend)
    {
        var id = await cluster.SubmitAsync(backend);
        return (id, await cluster.UntilEndAsync(id));
    }
}
