using System.Text;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Endpoint;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Tests.Backends.HuggingFace;
using VideoGen.Silo.Video;

namespace VideoGen.Silo.Tests.Backends.Fuzz;

/// <summary>
/// Every parser of an answer meets thousands of hostile ones, as the silo composes it but without a network: nothing is thrown,
/// every outcome keeps its promises, and no call goes where an answer wants it. Seeded: a failure names its case.
/// </summary>
public sealed class AnswerFuzzTests
{
    private const int Cases = 1_600;

    [Theory]
    [InlineData("fal-ai")]
    [InlineData("wavespeed")]
    [InlineData("together")]
    [InlineData("novita")]
    public async Task No_answer_to_an_order_is_more_than_one_of_its_outcomes(string provider)
    {
        using var network = new FuzzHttp();
        using var hub = new Hub(network);
        var planned = await PlanAsync(hub, network, provider);
        var accepted = 0;

        await RunAsync(network, provider, async () =>
        {
            var outcome = await planned.Submit();
            OutcomeRules.Check(outcome);
            if (outcome is SubmitOutcome.Accepted { Job: var job })
            {
                accepted++;
                await AssertAskedAtRouterAsync(hub, network, provider, planned.Plan, job);
            }
        });

        Assert.InRange(accepted, 50, Cases - 50); // else the answers are all too good, or all too bad
    }

    [Theory]
    [InlineData("fal-ai")]
    [InlineData("wavespeed")]
    [InlineData("together")]
    [InlineData("novita")]
    public async Task No_answer_to_a_poll_or_a_cancel_is_more_than_one_of_its_outcomes(string provider)
    {
        using var network = new FuzzHttp();
        using var hub = new Hub(network);
        var plan = (await PlanAsync(hub, network, provider)).Plan;
        var job = new RenderJob("1", "/x/1/status", "/x/1", "/x/1/cancel");
        var kinds = new HashSet<Type>();

        await RunAsync(network, provider, async () =>
        {
            var outcome = await hub.Backend.PollAsync(Hub.Order(), plan, job, CancellationToken.None);
            OutcomeRules.Check(outcome);
            kinds.Add(outcome.GetType());
        });
        await RunAsync(network, provider, async () => Assert.True(
            Enum.IsDefined(await hub.Backend.CancelAsync(Hub.Order(), plan, job, CancellationToken.None))));

        Assert.Equal(5, kinds.Count);
    }

    [Fact]
    public async Task No_answer_of_the_hub_is_more_than_one_of_its_outcomes()
    {
        using var network = new FuzzHttp();
        using var hub = new Hub(network);
        var kinds = new HashSet<Type>();

        await RunAsync(network, "", async () =>
        {
            hub.Mapping.Contradict();
            var outcome = await hub.Backend.PlanAsync(Hub.Order(), CancellationToken.None);
            OutcomeRules.Check(outcome);
            kinds.Add(outcome.GetType());
        });

        Assert.Equal(3, kinds.Count);
    }

    [Fact]
    public async Task No_answer_of_an_endpoint_is_more_than_one_of_its_outcomes()
    {
        using var network = new FuzzHttp();
        using var hub = new Hub(network, ("VideoGen:HuggingFace:EndpointUrl", "https://endpoint.example/"));
        using var target = new ScratchFile(Path.Combine(Path.GetTempPath(), $"videogen-fuzz-{Guid.NewGuid():N}.mp4"));
        var order = EndpointRequest.Make(Hub.Order(), "", [1, 2, 3], isPictureOnly: false, ModelProfiles.Load());
        var kinds = new HashSet<Type>();

        await RunAsync(network, "", async () =>
        {
            var result = await hub.Get<EndpointCall>().RenderAsync(
                hub.Upstream("endpoint"), order, target, CancellationToken.None);
            OutcomeRules.Check(result);
            Assert.True(result is not LocalRenderResult.Rendered
                || VideoContainer.Of(await File.ReadAllBytesAsync(target.Path)) is not null);
            kinds.Add(result.GetType());
        });

        Assert.Superset(new HashSet<Type> { typeof(LocalRenderResult.Failed), typeof(LocalRenderResult.Interrupted) }, kinds);
    }

    private static async Task RunAsync(FuzzHttp network, string provider, Func<Task> check)
    {
        var recorded = Recorded(provider);
        for (var seed = 0; seed < Cases; seed++)
        {
            var answers = new HostileAnswers(new Random(seed), recorded);
            network.Answer = answers.Next;
            try
            {
                await check();
            }
            catch (Exception error)
            {
                Assert.Fail($"Case {seed} of {provider}: {answers.Last}\n{error}");
            }
        }
    }

    // What an answer names is never more than a path below the provider's own place at the router.
    private static async Task AssertAskedAtRouterAsync(
        Hub hub, FuzzHttp network, string provider, RenderPlan plan, RenderJob job)
    {
        var answer = network.Answer;
        network.Answer = () => ScriptedHttp.Answer(200, "{\"status\":\"COMPLETED\"}"u8.ToArray());
        await hub.Backend.PollAsync(Hub.Order(), plan, job, CancellationToken.None);
        Assert.StartsWith($"https://router.huggingface.co/{provider}/", network.Last!.AbsoluteUri, StringComparison.Ordinal);
        await hub.Backend.CancelAsync(Hub.Order(), plan, job, CancellationToken.None);
        Assert.StartsWith($"https://router.huggingface.co/{provider}/", network.Last!.AbsoluteUri, StringComparison.Ordinal);
        network.Answer = answer;
    }

    private static async Task<PlanOutcome.Planned> PlanAsync(Hub hub, FuzzHttp network, string provider)
    {
        var (model, task) = provider == "novita" ? ("MiniMax-H3", "image-text-to-video") : ("a/b/c", "image-to-video");
        var mapping = $$"""{"{{provider}}":{"status":"live","providerId":"{{model}}","task":"{{task}}"} }""";
        network.Answer = () => ScriptedHttp.Answer(
            200, Encoding.UTF8.GetBytes($$"""{"inferenceProviderMapping":{{mapping}} }"""));
        return await hub.PlannedAsync();
    }

    private static byte[][] Recorded(string provider) =>
    [
        .. Trace.All().Where(trace => trace.Name.StartsWith(provider, StringComparison.Ordinal))
            .SelectMany(trace => trace.Requests).Select(request => request.ResponseBody)
                .Where(body => body.AsSpan().StartsWith("{"u8)),
    ];
}
