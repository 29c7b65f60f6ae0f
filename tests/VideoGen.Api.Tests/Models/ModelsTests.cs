using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Backends;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Models;

public sealed class ModelsTests
{
    private static readonly OfferedModel Wan = new(
        "wan", "Wan 2.2", "Wan-AI/Wan2.2-I2V-A14B", "hub", IsDefault: false, IsPreview: false, ["preview"],
        new ModelTraits(true, true, true, false, false, false, [5, 8], ["1:1", "16:9"]),
        "The account has no credit left.");

    [Theory]
    [InlineData("/models")]
    [InlineData("/api/models")]
    public async Task The_models_are_listed_with_what_they_take_and_whether_they_are_up(string path)
    {
        await using var api = await StartAsync();

        var models = (await (await api.Client.GetAsync(path)).JsonAsync()).EnumerateArray().ToList();

        const string Expected = """
            {"id":"wan","title":"Wan 2.2","name":"Wan-AI/Wan2.2-I2V-A14B","upstream":"hub","default":false,"preview":false,
            "available":false,"problem":"The account has no credit left.","fallback":["preview"],
            "qualities":["512","768","1024"],"aspectRatios":["1:1","16:9","9:16","4:3","3:4","21:9","source"],
            "durations":{"min":3,"max":10,"native":[5,8]},"nativeAspectRatios":["1:1","16:9"],"profile":true,"script":true,
            "seed":true,"negativePrompt":false,"motion":false,"soundSwitch":false,"characterPictures":1}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), models[1].GetRawText());
        Assert.Equal("preview", models[0].Text("id"));
        Assert.True(models[0].GetProperty("default").GetBoolean());
        Assert.True(models[0].GetProperty("available").GetBoolean());
        Assert.Equal("null", models[0].GetProperty("seed").GetRawText());    // nothing is known about it yet
    }

    [Theory]
    [InlineData("wan")]
    [InlineData("WAN")]
    public async Task An_order_names_its_model(string id)
    {
        await using var api = await StartAsync();

        using var response = await api.Client.GenerateAsync($$""","model":"{{id}}","seed":7""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("wan", Assert.Single(api.Cluster.Requests).Model);
    }

    [Theory]
    [InlineData(""" "negativePrompt":"rain" """, "negativePrompt")]
    [InlineData(""" "motion":"low" """, "motion")]
    public async Task What_the_named_model_does_not_take_is_refused(string more, string field)
    {
        await using var api = await StartAsync();

        using var named = await api.Client.GenerateAsync($$""","model":"wan",{{more}}""");
        using var unnamed = await api.Client.GenerateAsync($",{more}");

        await named.InvalidAsync(field);
        Assert.Equal(HttpStatusCode.OK, unnamed.StatusCode);    // as before there were models
    }

    [Fact]
    public async Task A_wrong_name_is_answered_with_the_right_ones()
    {
        await using var api = await StartAsync();

        using var response = await api.Client.GenerateAsync(""","model":"svd" """);

        var answer = await response.Content.ReadAsStringAsync();
        Assert.Contains("model must be one of preview, wan.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generation_of_a_model_that_is_gone_is_not_regenerated_with_another()
    {
        await using var api = await StartAsync();
        var id = Orders.NewId();
        api.Cluster.Put(Snapshots.Completed(id) with
        {
            Request = Snapshots.Completed(id).Request with { Model = "gone" },
        });

        using var response = await api.Client.PostAsync($"/generation/{id}/regenerate", null);

        await response.InvalidAsync("model");
        Assert.Empty(api.Cluster.Requests);
    }

    [Fact]
    public async Task A_video_of_another_model_tells_both()
    {
        await using var api = await StartAsync();
        var id = Orders.NewId();
        api.Cluster.Put(Snapshots.Completed(id) with { Model = "preview", OrderedModel = "wan" });

        var generation = await (await api.Client.GetAsync($"/generation/{id}")).JsonAsync();

        Assert.Equal(("preview", "wan"), (generation.Text("model"), generation.Text("requestedModel")));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_503()
    {
        await using var api = await StartAsync();
        api.Cluster.Trouble = new TimeoutException();

        using var response = await api.Client.GetAsync("/models");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static async Task<ApiHost> StartAsync()
    {
        var api = await ApiHost.StartAsync();
        api.Cluster.Models = [.. api.Cluster.Models, Wan];
        return api;
    }
}
