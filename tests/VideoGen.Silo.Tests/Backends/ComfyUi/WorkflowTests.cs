using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.ComfyUi;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Backends.Models;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

public sealed class WorkflowTests
{
    private const string Load = """ "1":{"class_type":"LoadImage","inputs":{"image":"{{picture}}"}} """;
    private const string Save = """ "2":{"class_type":"SaveVideo","inputs":{"filename_prefix":"{{output}}"}} """;

    [Theory]
    [InlineData("no json", "It is not JSON: ")]
    [InlineData("", "It is not JSON: ")]
    [InlineData("[]", "It is not a JSON object with nodes.")]
    [InlineData("{}", "It is not a JSON object with nodes.")]
    [InlineData("""{"nodes":[],"links":[],"version":0.4}""", "It is in the format of the editor. Export it with File,")]
    [InlineData("""{"1":{"class_type":"LoadImage"}}""", "\"1\" is not a node with class_type and inputs.")]
    [InlineData("""{"prompt":{"1":{"class_type":"LoadImage","inputs":{}}}}""", "\"prompt\" is not a node with class_type")]
    public void A_file_that_is_no_workflow_is_refused_with_the_reason(string json, string says) => AssertSays(says, json);

    [Theory]
    [InlineData(Save, "Nothing in it takes the picture: write {{picture}} as a value, or title a node \"VideoGen: picture\".")]
    [InlineData(Load, "Nothing in it takes the output: write {{output}} as a value, or title a node \"VideoGen: output\".")]
    public void A_workflow_takes_the_picture_and_the_name_of_its_file(string nodes, string says) =>
        AssertSays(says, $"{{{nodes}}}");

    [Theory]
    [InlineData("""{"class_type":"KSampler","inputs":{"seed":"{{sead}}"}}""",
        "Node 3 names the slot \"sead\". The slots are picture, prompt, negative_prompt, seed, width, height, frames, fps,")]
    [InlineData("""{"class_type":"KSampler","inputs":{"seed":1},"_meta":{"title":"VideoGen: sead"}}""",
        "Node 3 names the slot \"sead\".")]
    [InlineData("""{"class_type":"CLIPTextEncode","inputs":{"text":"a"},"_meta":{"title":"VideoGen: seed"}}""",
        "Node 3 is titled \"VideoGen: seed\" but has no input seed, noise_seed, value.")]
    public void A_slot_that_cannot_be_bound_is_named_with_its_node(string node, string says) =>
        AssertSays(says, $$"""{{{Load}},{{Save}},"3":{{node}}}""");

    [Fact]
    public void A_text_that_contains_a_slot_among_other_words_is_left_alone() =>
        Assert.DoesNotContain("prompt", Parse("""{"class_type":"CLIPTextEncode","inputs":{"text":"a {{prompt}}"}}""").Slots.Keys);

    [Fact]
    public void A_title_binds_several_slots_by_the_names_of_inputs()
    {
        var workflow = Parse("""
            {"class_type":"Wan22ImageToVideoLatent","inputs":{"width":1,"height":1,"length":1},
             "_meta":{"title":" videogen: Width,height, frames "}}
            """);

        Assert.Equal([new SlotPlace("3", "width")], workflow.Slots["width"]);
        Assert.Equal([new SlotPlace("3", "height")], workflow.Slots["height"]);
        Assert.Equal([new SlotPlace("3", "length")], workflow.Slots["frames"]);
    }

    [Fact]
    public void A_slot_may_be_in_several_places()
    {
        var workflow = Parse("""{"class_type":"LTXVConditioning","inputs":{"frame_rate":"{{fps}}","fps":" {{ FPS }} "}}""");
        var filled = workflow.Fill(new Dictionary<string, JsonNode> { ["fps"] = 24 })["3"]!["inputs"]!;

        Assert.Equal((24, 24), ((int)filled["frame_rate"]!, (int)filled["fps"]!));
    }

    [Theory]
    [InlineData(null, "the usual")]
    [InlineData("rain", "rain")]
    public void A_negative_prompt_that_a_title_binds_keeps_its_own_text_without_one_in_the_request(string? asked, string expected)
    {
        const string node = """
            {"class_type":"CLIPTextEncode","inputs":{"text":"the usual"},"_meta":{"title":"VideoGen: negative_prompt"}}
            """;

        Assert.Equal(expected, (string?)Fill(node, Orders.Request() with { NegativePrompt = asked })["text"]);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("rain", "rain")]
    public void A_negative_prompt_that_is_a_value_becomes_empty_without_one_in_the_request(string? asked, string expected)
    {
        const string node = """{"class_type":"CLIPTextEncode","inputs":{"text":"{{negative_prompt}}"}}""";

        Assert.Equal(expected, (string?)Fill(node, Orders.Request() with { NegativePrompt = asked })["text"]);
    }

    [Fact]
    public void A_workflow_without_a_profile_gets_frames_and_sides_that_most_models_accept()
    {
        const string node = """
            {"class_type":"X","inputs":{"width":"{{width}}","height":"{{height}}","length":"{{frames}}","fps":"{{fps}}"}}
            """;
        var filled = Fill(node, Orders.Request());

        Assert.Equal((768, 768), ((int)filled["width"]!, (int)filled["height"]!));
        Assert.Equal((81, 16), ((int)filled["length"]!, (int)filled["fps"]!));
    }

    [Fact]
    public void Further_pictures_fill_the_slots_that_there_are_and_a_missing_one_gets_the_first()
    {
        var workflow = Parse("""
            {"class_type":"X","inputs":{"a":"{{reference_1}}","image":"b.jpg","c":"{{reference_3}}"},"_meta":{"title":"VideoGen: reference_2"}}
            """);
        var values = SlotValues.Of(
            new RenderRequest(Orders.NewId(), 1, Orders.Request(), "mine"), workflow, ModelProfiles.Load(), new(768, 768),
            ["front.jpg", "side.jpg", "back.jpg"], "x");
        var filled = workflow.Fill(values)["3"]!["inputs"]!;

        Assert.Equal(3, SlotValues.ReferencesOf(workflow));
        Assert.Equal(
            ("side.jpg", "back.jpg", "front.jpg"), ((string?)filled["a"], (string?)filled["image"], (string?)filled["c"]));
    }

    private static JsonObject Fill(string node, GenerationRequest request)
    {
        var workflow = Parse(node);
        var render = new RenderRequest(Orders.NewId(), 1, request, "mine");
        var values = SlotValues.Of(render, workflow, ModelProfiles.Load(), request.Frame, ["a.jpg"], "x");
        return workflow.Fill(values)["3"]!["inputs"]!.AsObject();
    }

    private static Workflow Parse(string node) => Workflow.Parse($$"""{{{Load}},{{Save}},"3":{{node}}}""");

    private static void AssertSays(string says, string json)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => Workflow.Parse(json));

        Assert.StartsWith(says, refusal.Message, StringComparison.Ordinal);
    }
}
