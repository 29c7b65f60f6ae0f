using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Tests.Backends;

/// <summary>What the settings of upstreams and models mean, and the sentences about mistakes.</summary>
public sealed class ModelTableTests
{
    private const string Up = "VideoGen:Upstreams:";
    private const string Model = "VideoGen:Models:";

    [Fact]
    public void Without_settings_there_is_the_preview()
    {
        var table = TestUpstream.Table([]);

        Assert.Equal(["preview"], table.Models.Select(model => model.Id));
        Assert.Equal("preview", table.Default.Id);
        Assert.Empty(table.Problems);
    }

    [Fact]
    public void The_older_settings_are_models_of_the_same_names()
    {
        var table = TestUpstream.Table(new()
        {
            ["HF_TOKEN"] = "hf_x",
            ["VideoGen:HuggingFace:EndpointUrl"] = "https://gpu.example/",
            ["VideoGen:HuggingFace:Model"] = "a/b",
        });

        Assert.Equal(
            [("endpoint", "endpoint", "a/b"), ("huggingface", "huggingface", "a/b"), ("preview", "preview", null)],
            table.Models.Select(model => (model.Id, model.Upstream, model.Name)));
        Assert.Equal("endpoint", table.Default.Id);
        Assert.Equal([false, true, false], table.Models.Select(model => Of(table, model.Upstream).RepeatCostsMoney));
    }

    [Fact]
    public void Configured_models_take_the_place_of_the_older_ones()
    {
        var table = TestUpstream.Table(new()
        {
            ["HF_TOKEN"] = "hf_x",
            [Model + "wan:Upstream"] = "huggingface",
            [Model + "wan:Name"] = "Wan-AI/Wan2.2-I2V-A14B",
        });

        Assert.Equal(["wan", "preview"], table.Models.Select(model => model.Id));
        Assert.Equal("wan", table.Default.Id);    // the only configured one
        Assert.Empty(table.Problems);
    }

    [Fact]
    public void A_server_of_two_gpus_and_a_paid_provider_is_read_whole()
    {
        var table = TestUpstream.Table(new()
        {
            [Up + "gpu1:Kind"] = "endpoint",
            [Up + "gpu1:Url"] = "http://10.0.0.7:8000/",
            [Up + "gpu1:MaxConcurrent"] = "1",
            [Up + "gpu1:Token"] = "secret",
            [Up + "gpu1:Headers:X-Site"] = "a",
            [Up + "hub:Kind"] = "huggingface",
            [Up + "hub:Token"] = "hf_y",
            [Up + "hub:Provider"] = "fal-ai",
            [Up + "hub:RepeatCostsMoney"] = "false",
            [Model + "svd:Upstream"] = "gpu1",
            [Model + "svd:Title"] = "Stable Video Diffusion",
            [Model + "svd:Fallback"] = "wan, Preview",
            [Model + "wan:Upstream"] = "hub",
            [Model + "wan:Name"] = "a/b",
            ["VideoGen:DefaultModel"] = "SVD",
        });

        Assert.Empty(table.Problems);
        Assert.Equal(["wan", "preview"], table.Default.Fallback);
        Assert.Equal("Stable Video Diffusion", table.Default.Title);
        var gpu = Of(table, "gpu1");
        Assert.Equal((1, false), (gpu.MaxConcurrent, gpu.RepeatCostsMoney));
        Assert.Equal(("secret", "a"), (gpu.Tokens.Current!.Value, gpu.Headers["x-site"]));
        var hub = Of(table, "hub");
        Assert.Equal(("fal-ai", false, "hf_y"), (hub.Provider, hub.RepeatCostsMoney, hub.Tokens.Current!.Value));
    }

    [Fact]
    public void The_token_of_hugging_face_goes_to_no_other_server()
    {
        var table = TestUpstream.Table(new()
        {
            ["HF_TOKEN"] = "hf_x",
            [Up + "gpu1:Kind"] = "endpoint",
            [Up + "gpu1:Url"] = "https://gpu.example/",
            [Up + "hub:Kind"] = "huggingface",
        });

        Assert.Null(Of(table, "gpu1").Tokens.Current);
        Assert.Equal("hf_x", Of(table, "hub").Tokens.Current!.Value);
    }

    [Theory]
    [InlineData("wan2.2-ti2v-5b", "wan2.2-ti2v-5b")]
    [InlineData("workflows/my.own-3.1.json", "my.own-3.1")]
    [InlineData("ltx-2", "ltx-2")]
    public void A_model_at_a_comfyui_server_has_the_name_of_its_workflow(string workflow, string name)
    {
        var table = TestUpstream.Table(new()
        {
            [Up + "gpu1:Kind"] = "comfyui",
            [Up + "gpu1:Url"] = "http://10.0.0.7:8188",
            [Model + "wan:Upstream"] = "gpu1",
            [Model + "wan:Workflow"] = workflow,
        });

        Assert.Empty(table.Problems);
        Assert.Equal(name, table.Default.Name);
    }

    [Theory]
    [InlineData("x:Kind", "replicate", "VideoGen:Upstreams:x:Kind must be preview, huggingface, endpoint, comfyui or openai-videos.")]
    [InlineData("x:Kind", "comfyui", "VideoGen:Upstreams:x:Url is missing. Set it to the root of the server")]
    [InlineData("x:Kind", "openai-videos", "VideoGen:Upstreams:x:Url is missing. Set it to the root of the server")]
    [InlineData("x:Kind", "endpoint", "VideoGen:Upstreams:x:Url is missing.")]
    [InlineData("x:Kind", "huggingface", "VideoGen:Upstreams:x:Token is missing, and HF_TOKEN is not set.")]
    [InlineData("preview:Kind", "endpoint", "VideoGen:Upstreams:preview:Kind must be preview:")]
    [InlineData("a b:Kind", "preview", "VideoGen:Upstreams:a b is not a valid name:")]
    public void A_wrong_upstream_is_named(string key, string value, string says) => AssertSays(says, (Up + key, value));

    [Theory]
    [InlineData("Url", "ftp://x", "VideoGen:Upstreams:x:Url must be an http or https address")]
    [InlineData("MaxConcurrent", "0", "VideoGen:Upstreams:x:MaxConcurrent must be from 1 to 1000.")]
    [InlineData("Provider", "nobody", "VideoGen:Upstreams:x:Provider must be auto, fal-ai")]
    [InlineData("Body", "xml", "VideoGen:Upstreams:x:Body must be json or image.")]
    [InlineData("Headers:a b", "1", "VideoGen:Upstreams:x:Headers:a b is not a valid request header.")]
    [InlineData("Maxconcurrnt", "1", "VideoGen:Upstreams:x:Maxconcurrnt does not exist. The settings of an upstream are Kind")]
    public void A_wrong_setting_of_an_upstream_is_named(string key, string value, string says) =>
        AssertSays(says, (Up + "x:Kind", "preview"), (Up + "x:" + key, value));

    [Theory]
    [InlineData("wan:Title", "Wan", "VideoGen:Models:wan:Upstream is missing. Set it to one of the upstreams: preview")]
    [InlineData("wan:Upstream", "gpu9", "VideoGen:Models:wan:Upstream names gpu9, which is not an upstream. The upstreams are")]
    [InlineData("wan:Upstream", "huggingface", "VideoGen:Models:wan:Name must be a model id on the Hub")]
    [InlineData("a/b:Upstream", "preview", "VideoGen:Models:a/b is not a valid id:")]
    [InlineData("wan:Falback", "preview", "VideoGen:Models:wan:Falback does not exist. The settings of a model are Upstream")]
    public void A_wrong_model_is_named(string key, string value, string says) => AssertSays(says, (Model + key, value));

    [Theory]
    [InlineData("svd", "VideoGen:Models:wan:Fallback names svd, which is not another model. The models are wan, preview.")]
    [InlineData("preview,Wan", "VideoGen:Models:wan:Fallback names Wan, which is not another model.")]
    public void A_wrong_fallback_is_named(string fallback, string says) =>
        AssertSays(says, (Model + "wan:Upstream", "preview"), (Model + "wan:Fallback", fallback));

    [Fact]
    public void The_default_has_to_be_chosen_among_several()
    {
        AssertSays("VideoGen:DefaultModel is missing.", (Model + "a:Upstream", "preview"), (Model + "b:Upstream", "preview"));
        AssertSays(
            "VideoGen:DefaultModel names c, which is not a model. The models are preview.", ("VideoGen:DefaultModel", "c"));
        AssertSays("Set VideoGen:DefaultModel instead.",
            (Model + "a:Upstream", "preview"), ("HF_TOKEN", "hf_x"), ("VideoGen:Inference:Backend", "huggingface"));
    }

    private static Upstream Of(ModelTable table, string name) => table.Upstreams.Single(upstream => upstream.Name == name);

    private static void AssertSays(string sentence, params (string Key, string? Value)[] settings)
    {
        var problems = TestUpstream.Table(settings.ToDictionary(pair => pair.Key, pair => pair.Value)).Problems;
        Assert.Contains(problems, problem => problem.Contains(sentence, StringComparison.Ordinal));
    }
}
