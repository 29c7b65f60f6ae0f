using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Wire;

namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>Novita: one model, MiniMax H3, registered as image-text-to-video. It has no cancel.</summary>
internal sealed class Novita : VideoProvider
{
    private const string Api = "/v3/minimax/v2";

    public override string Id => "novita";

    public override TimeSpan? PollEvery => TimeSpan.FromSeconds(5);

    public override bool Serves(ProviderMapping mapping) => mapping is { Task: "image-text-to-video", Model.Id: "MiniMax-H3" };

    public override string SubmitPath(ProviderModel model) => $"{Api}/video_generation";

    public override JsonObject Body(RenderInput input) => input.WithParameters(new JsonObject
    {
        ["model"] = input.Model.Id,
        ["content"] = new JsonArray(
            new JsonObject { ["type"] = "text", ["text"] = input.Script },
            new JsonObject
            {
                ["type"] = "image_url",
                ["image_url"] = new JsonObject { ["url"] = input.Picture },
                ["role"] = "first_frame",
            }),
    });

    public override RenderJob? ReadJob(ProviderModel model, JsonElement answer) =>
        answer.Identifier("task_id") is { } id
            ? new RenderJob(id, $"{Api}/query/video_generation/{Uri.EscapeDataString(id)}")
            : null;

    public override JobStatus ReadStatus(JsonElement answer) =>
        answer.Get("task") is { } task && StatusWord.Read(task.Text("status")) is { } word
            ? word.Meaning switch
            {
                StatusMeaning.Done =>
                    task.Get("content")?.Text("url") is { } url ? new JobStatus.Rendered(url) : new JobStatus.Empty(),
                StatusMeaning.Failed => word.Failed(task.Text("error") ?? task.Get("error")?.Text("message")),
                _ => word.Running(task.Progress()),
            }
            : new JobStatus.Unreadable();
}
