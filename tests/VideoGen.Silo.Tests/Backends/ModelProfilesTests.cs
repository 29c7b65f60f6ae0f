using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Tests.Deployment;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends;

public sealed class ModelProfilesTests
{
    private static readonly ModelProfiles Profiles = ModelProfiles.Load();

    [Theory]
    [InlineData("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", 3, 512, """{"num_frames":49,"frames_per_second":16,"resolution":"480p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", 5, 768, """{"num_frames":81,"frames_per_second":16,"resolution":"720p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", 10, 1024, """{"num_frames":161,"frames_per_second":16,"resolution":"720p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video/lora", 5, 512, """{"num_frames":81,"frames_per_second":16,"resolution":"480p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/wan/v2.2-5b/image-to-video", 5, 512, """{"num_frames":121,"frames_per_second":24,"resolution":"580p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/wan/v2.2-5b/image-to-video", 10, 512, """{"num_frames":161,"frames_per_second":16,"resolution":"580p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/wan-i2v", 3, 512, """{"num_frames":81,"frames_per_second":24,"resolution":"480p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/wan-i2v", 10, 768, """{"num_frames":81,"frames_per_second":8,"resolution":"720p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/ltxv-13b-098-distilled/image-to-video", 10, 512, """{"num_frames":241,"frame_rate":24,"resolution":"480p","aspect_ratio":"1:1"}""")]
    [InlineData("fal-ai", "fal-ai/hunyuan-video-image-to-video", 5, 512, """{"num_frames":"129"}""")]
    [InlineData("fal-ai", "minimax/h3/image-to-video", 3, 512, """{"duration":5}""")]
    [InlineData("fal-ai", "minimax/h3/image-to-video", 10, 512, """{"duration":10}""")]
    [InlineData("wavespeed", "wavespeed-ai/wan-2.2/image-to-video", 7, 512, """{"duration":8,"size":"832*480"}""")]
    [InlineData("wavespeed", "wavespeed-ai/wan-2.2/image-to-video", 10, 768, """{"duration":8,"size":"1280*720"}""")]
    [InlineData("wavespeed", "wavespeed-ai/wan-2.1/i2v-480p", 7, 512, """{"duration":10}""")]
    [InlineData("together", "Wan-AI/Wan2.2-I2V-A14B", 7, 768, """{"seconds":"7","width":768,"height":768}""")]
    [InlineData("novita", "MiniMax-H3", 3, 512, """{"duration":4,"resolution":"768P","ratio":"adaptive"}""")]
    [InlineData("novita", "MiniMax-H3", 10, 1024, """{"duration":10,"resolution":"2K","ratio":"adaptive"}""")]
    [InlineData("endpoint", "a/b", 5, 512, """{"num_frames":81,"fps":16,"width":512,"height":512}""")]
    [InlineData("endpoint", "stabilityai/stable-video-diffusion-img2vid-xt", 3, 512, """{"num_frames":25,"fps":7}""")]
    [InlineData("endpoint", "stabilityai/stable-video-diffusion-img2vid", 10, 512, """{"num_frames":14,"fps":6}""")]
    public void Length_and_size_are_said_in_the_words_of_the_model(
        string provider, string model, int seconds, int side, string expected) =>
        AssertSame(expected, Say(provider, model, seconds, new FrameSize(side, side)));

    [Theory]
    [InlineData("fal-ai", "fal-ai/wan-i2v", 910, 512, """{"num_frames":81,"frames_per_second":16,"resolution":"480p","aspect_ratio":"16:9"}""")]
    [InlineData("fal-ai", "fal-ai/wan-i2v", 768, 1366, """{"num_frames":81,"frames_per_second":16,"resolution":"720p","aspect_ratio":"9:16"}""")]
    [InlineData("fal-ai", "fal-ai/wan-i2v", 682, 512, """{"num_frames":81,"frames_per_second":16,"resolution":"480p","aspect_ratio":"1:1"}""")]
    [InlineData("wavespeed", "wavespeed-ai/wan-2.2/image-to-video", 512, 910, """{"duration":5,"size":"480*832"}""")]
    [InlineData("wavespeed", "wavespeed-ai/wan-2.2/image-to-video", 1366, 768, """{"duration":5,"size":"1280*720"}""")]
    [InlineData("together", "Wan-AI/Wan2.2-I2V-A14B", 512, 910, """{"seconds":"5","width":512,"height":910}""")]
    public void A_model_is_asked_for_the_nearest_shape_that_it_can_make(
        string provider, string model, int width, int height, string expected) =>
        AssertSame(expected, Say(provider, model, 5, new FrameSize(width, height)));

    [Theory]
    [InlineData("fal-ai", "fal-ai/wan/v2.2-a14b/image-to-video", """{"seed":2147483647,"negative_prompt":"rain"}""")]
    [InlineData("fal-ai", "fal-ai/hunyuan-video-image-to-video", """{"seed":2147483647}""")]
    [InlineData("fal-ai", "minimax/h3/image-to-video", "{}")]
    [InlineData("wavespeed", "wavespeed-ai/wan-2.2/image-to-video", """{"seed":2147483647,"negative_prompt":"rain"}""")]
    [InlineData("together", "Wan-AI/Wan2.2-I2V-A14B", """{"seed":2147483647,"negative_prompt":"rain"}""")]
    [InlineData("novita", "MiniMax-H3", "{}")]
    [InlineData("endpoint", "a/b", """{"seed":2147483647,"negative_prompt":"rain"}""")]
    [InlineData("endpoint", "stabilityai/stable-video-diffusion-img2vid-xt", """{"seed":2147483647,"motion_bucket_id":200}""")]
    public void Optional_fields_are_sent_where_the_model_takes_them(string provider, string model, string expected)
    {
        var request = Orders.Request() with { Seed = uint.MaxValue, NegativePrompt = "rain", Motion = Motion.High };
        var profile = Profiles.Find(provider, model)!;
        var (plain, said) = (profile.Parameters(Orders.Request(), new FrameSize(768, 768)),
            profile.Parameters(request, new FrameSize(768, 768)));

        AssertSame(expected, new JsonObject(said.Where(field => !plain.ContainsKey(field.Key))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));
    }

    [Theory]
    [InlineData("fal-ai", "fal-ai/brand-new/image-to-video")]
    [InlineData("fal-ai", "fal-ai/wan-i2v-turbo")]
    [InlineData("wavespeed", "fal-ai/wan-i2v")]
    [InlineData("novita", "MiniMax-H4")]
    public void An_unknown_model_gets_no_parameter_that_it_could_refuse(string provider, string model) =>
        AssertSame("{}", Say(provider, model, 5, new FrameSize(768, 768)));

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Frames_are_one_more_than_a_multiple_of_four_and_give_the_asked_length(int seconds)
    {
        const string model = "fal-ai/wan/v2.2-a14b/image-to-video";
        var said = Say("fal-ai", model, seconds, new FrameSize(512, 512));
        var (frames, rate) = ((int)said["num_frames"]!, (int)said["frames_per_second"]!);

        Assert.Equal(1, frames % 4);
        Assert.InRange(frames / (double)rate, seconds - 0.15, seconds + 0.15);
    }

    [Fact]
    public void The_file_is_as_its_schema_says()
    {
        var schema = JsonSchema.FromFile(Path.Combine(Folder, "profiles.schema.json"));

        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "profiles.json")));
        var result = schema.Evaluate(file.RootElement, new() { OutputFormat = OutputFormat.List });

        Assert.True(result.IsValid, JsonSerializer.Serialize(result));
    }

    [Theory]
    [InlineData("""{"profiles":[{"provider":"fal-ai"}]}""", "model")]
    [InlineData("""{"profiles":[{"provider":"fal-ai","model":"a/b","negativPrompt":true}]}""", "negativPrompt")]
    [InlineData("""{"profiles":[{"provider":"fal-ai","model":"a/b","seconds":{"field":"s","allowed":["x"]}}]}""", "$.profiles[0].seconds")]
    [InlineData("""{"profiles":[{"provider":"fal-ai","model":"a/b","seconds":{"field":"s","allowed":[]}}]}""", "impossible")]
    [InlineData("""{"profiles":[{"provider":"fal-ai","model":"a/b","shapes":{"field":"s","allowed":["16:10"]}}]}""", "impossible")]
    [InlineData("""{"profiles":[{"provider":"fal-ai","model":"a/b","sizes":null}]}""", "sizes")]
    [InlineData("""{"profiles":""", "profiles")]
    [InlineData("", "JSON")]
    public void A_wrong_file_is_refused_with_the_place(string json, string place)
    {
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "mine.json");
        File.WriteAllText(file, json);

        var refusal = Assert.Throws<InvalidDataException>(() => ModelProfiles.Load(file));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Contains("/nowhere/mine.json", Assert.Throws<InvalidDataException>(() => ModelProfiles.Load("/nowhere/mine.json")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_of_the_operator_extends_and_overrides_what_is_shipped()
    {
        using var folder = new TemporaryDirectory();
        var file = Path.Combine(folder.Path, "mine.json");
        File.WriteAllText(file, """
            {"profiles":[
            {"provider":"fal-ai","model":"fal-ai/wan-i2v","seconds":{"field":"duration","allowed":[4,8]},"sound":"generate_audio"},
            {"provider":"fal-ai","model":"fal-ai/brand-new","seed":true}]}
            """);
        var profiles = ModelProfiles.Load(file);
        var request = Orders.Request() with { IsSilent = true, Seed = 7 };

        AssertSame("""{"duration":8,"generate_audio":false}""", profiles.Parameters("fal-ai", "fal-ai/wan-i2v", request, new(768, 768)));
        AssertSame("""{"seed":7}""", profiles.Parameters("fal-ai", "fal-ai/brand-new/lora", request, new(768, 768)));
        Assert.NotNull(profiles.Find("novita", "MiniMax-H3"));
    }

    private static readonly string Folder = Repository.PathOf("VideoGen.Silo/Backends/Models");

    private static JsonObject Say(string provider, string model, int seconds, FrameSize frame) =>
        Profiles.Parameters(provider, model, Orders.Request() with { DurationSeconds = seconds }, frame);

    private static void AssertSame(string expected, JsonObject said) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), said), $"Expected {expected}, said {said.ToJsonString()}");
}
