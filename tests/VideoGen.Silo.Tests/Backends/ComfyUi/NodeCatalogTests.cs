using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.ComfyUi.Workflows;
using VideoGen.Silo.Tests.Backends.HuggingFace;

namespace VideoGen.Silo.Tests.Backends.ComfyUi;

/// <summary>What a server says about the nodes of the shipped workflow <c>svd</c>.</summary>
public sealed class NodeCatalogTests
{
    private const string Url = "http://gpu.test:8188";

    [Theory]
    [InlineData("""[["mp4","webm"],{}]""")]
    [InlineData("""["COMBO",{"options":["mp4","webm"]}]""")]
    [InlineData("""["COMFY_DYNAMICCOMBO_V3",{"options":[{"key":"mp4","inputs":{}},{"key":"webm","inputs":{}}]}]""")]
    public async Task A_choice_is_found_in_every_form_that_a_list_has(string format) =>
        Assert.Null((await DescribeAsync(format)).Problem);

    [Theory]
    [InlineData("""[["webm"],{}]""")]
    [InlineData("""["COMBO",{"options":["webm"]}]""")]
    [InlineData("""["COMFY_DYNAMICCOMBO_V3",{"options":[{"key":"webm","inputs":{}}]}]""")]
    public async Task A_choice_that_a_list_lacks_is_named(string format) => Assert.Equal(
        "ComfyUI server gpu1 lacks the values mp4 for format of SaveVideo (model files that are not installed).",
        (await DescribeAsync(format)).Problem);

    private static async Task<ModelReport> DescribeAsync(string format)
    {
        using var hub = new Hub(
            ("VideoGen:Upstreams:gpu1:Kind", "comfyui"), ("VideoGen:Upstreams:gpu1:Url", Url),
            ("VideoGen:Models:svd:Upstream", "gpu1"), ("VideoGen:Models:svd:Workflow", "svd"));
        hub.Http.On("GET", $"{Url}/system_stats", 200, """{"system":{"comfyui_version":"0.36.0"}}""");
        foreach (var type in WorkflowFiles.Load("svd").Classes)
        {
            var inputs = type == "SaveVideo" ? new JsonObject { ["format"] = JsonNode.Parse(format) } : [];
            var info = new JsonObject { ["input"] = new JsonObject { ["required"] = inputs } };
            hub.Http.On("GET", $"{Url}/object_info/{type}", 200, new JsonObject { [type] = info }.ToJsonString());
        }

        return await hub.Get<IVideoBackends>().Find("gpu1")!.DescribeAsync("svd", TestContext.Current.CancellationToken);
    }
}
