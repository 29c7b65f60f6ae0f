using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.ComfyUi;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Settings;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

public sealed class ShippedWorkflowsTests
{
    private static readonly ModelProfiles Profiles = ModelProfiles.Load();

    /// <summary>The picture of a request with the shape <c>source</c>, at the edges of what is possible.</summary>
    private static readonly FrameSize[] Sources = [new(21, 9), new(9, 21), new(1000, 999), new(1234, 777)];

    private static readonly int[] Sides = [512, 768, 1024];

    public static TheoryData<string> Names => [.. WorkflowFiles.Shipped];

    [Fact]
    public void These_workflows_are_shipped() => Assert.Equal(["ltx-2", "svd", "wan2.2-ti2v-5b"], WorkflowFiles.Shipped);

    [Theory]
    [InlineData("wan2.2-ti2v-5b", "fps frames height negative_prompt output picture prompt seed width")]
    [InlineData("ltx-2", "fps frames height negative_prompt output picture prompt seed width")]
    [InlineData("svd", "fps frames height output picture seed width")]
    public void A_shipped_workflow_takes_what_its_model_can(string name, string slots)
    {
        var workflow = WorkflowFiles.Load(name);

        Assert.Equal(slots.Split(' '), workflow.Slots.Keys.Order(StringComparer.Ordinal));
        Assert.All(workflow.Slots.Keys, slot => Assert.True(workflow.HasMark(slot)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shipped_workflow_has_a_profile_of_its_own_that_agrees_with_its_slots(string name)
    {
        var workflow = WorkflowFiles.Load(name);
        var profile = Profiles.Find(BackendNames.ComfyUi, name)!;

        Assert.Equal(name, profile.Model);
        Assert.Equal(workflow.Slots.ContainsKey(SlotNames.Prompt), profile.Script);
        Assert.All(
            profile.Parameters(Orders.Request(), new FrameSize(768, 768)),
            parameter => Assert.Contains(parameter.Key, workflow.Slots));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_node_has_a_title_that_binds_nothing(string name)
    {
        var titles = Filled(name).Select(node => (string?)node.Value!["_meta"]!["title"]);

        Assert.All(titles, title => Assert.Matches("^[A-Z][^:]", title));
        Assert.DoesNotContain(titles, title => title!.StartsWith("VideoGen", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_request_without_optional_fields_leaves_no_slot_unfilled(string name) =>
        Assert.DoesNotContain("{{", Filled(name).ToJsonString(), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_link_leads_to_a_node(string name)
    {
        var graph = Filled(name);

        Assert.All(graph.SelectMany(node => node.Value!["inputs"]!.AsObject()).Select(input => input.Value).OfType<JsonArray>(),
            link => Assert.True(link.Count == 2 && graph.ContainsKey((string)link[0]!) && (int)link[1]! >= 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_server_with_the_files_of_the_official_templates_runs_it(string name)
    {
        await using var bench = await ComfyBench.StartAsync(settings:
        [
            ("VideoGen:Models:shipped:Upstream", "gpu1"), ("VideoGen:Models:shipped:Workflow", name),
            ("VideoGen:DefaultModel", "shipped"),
        ]);

        var (plan, job) = await bench.AcceptedAsync(ComfyBench.Order() with { Model = name });

        Assert.IsType<PollOutcome.Rendered>(await bench.EndAsync(plan, job));
    }

    [Theory]
    [InlineData("wan2.2-ti2v-5b", 4, 121, 24, 32, 704)]
    [InlineData("ltx-2", 8, 241, 24, 64, 704)]
    [InlineData("svd", 24, 25, 7, 64, 576)]
    public void Frames_and_sides_are_what_the_model_can_make_for_every_request(
        string name, int step, int mostFrames, int mostRate, int multiple, int mostShort)
    {
        foreach (var (request, frame) in Requests())
        {
            var values = SlotValues.Of(Render(name, request), WorkflowFiles.Load(name), Profiles, frame, ["a.jpg"], "videogen/x");
            var (frames, rate) = ((int)values[SlotNames.Frames], (int)values[SlotNames.Fps]);
            var (width, height) = ((int)values[SlotNames.Width], (int)values[SlotNames.Height]);

            Assert.Equal(1, frames % step);
            Assert.InRange(frames, 1, mostFrames);
            Assert.InRange(rate, 6, mostRate);
            Assert.Equal((0, 0), (width % multiple, height % multiple));
            Assert.InRange(Math.Min(width, height), 512, mostShort);
            Assert.InRange(width / (double)height / frame.Ratio, 0.94, 1.06);
        }
    }

    [Theory]
    [InlineData("wan2.2-ti2v-5b")]
    [InlineData("ltx-2")]
    public void A_model_with_a_script_makes_the_requested_length_itself(string name)
    {
        foreach (var (request, frame) in Requests())
        {
            var said = Profiles.Find(BackendNames.ComfyUi, name)!.Parameters(request, frame);

            var seconds = (int)said["frames"]! / (double)(int)said["fps"]!;
            Assert.InRange(seconds, request.DurationSeconds, request.DurationSeconds + 0.35);
        }
    }

    private static JsonObject Filled(string name)
    {
        var (workflow, request) = (WorkflowFiles.Load(name), Orders.Request());
        return workflow.Fill(
            SlotValues.Of(Render(name, request), workflow, Profiles, request.Frame, ["videogen/a.jpg"], "videogen/x"));
    }

    private static RenderRequest Render(string model, GenerationRequest request) => new(Orders.NewId(), 1, request, model);

    /// <summary>Every shape, size and length that the API accepts.</summary>
    private static IEnumerable<(GenerationRequest Request, FrameSize Frame)> Requests() =>
        from shape in AspectRatio.Fixed.Select(name => AspectRatio.Of(name)!.Value).Concat(Sources)
        from side in Sides
        from seconds in Enumerable.Range(3, 8)
        select (Orders.Request() with { DurationSeconds = seconds, Side = side }, shape.WithShortSide(side));
}
