using System.Text.Json.Nodes;

namespace VideoGen.Api.OpenApi;

/// <summary>
/// The examples of the OpenAPI document. Each call returns a new node, because a node can have only one parent.
/// </summary>
internal static class Examples
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    public static JsonNode Request() => JsonNode.Parse("""
        {"characterImageUrl":"/uploads/character_01994fd6b0f37c5aa8b2c1d4e5f60718.jpg","script":"She looks up, smiles and waves.",
        "duration":5,"quality":"768","seed":42,"negativePrompt":"text, watermark","motion":"medium",
        "webhookUrl":"https://shop.example/hooks/videos","aspectRatio":"16:9","fit":"cover","sound":true,"model":"wan",
        "characterId":null}
        """)!;

    public static JsonNode Generation() => JsonNode.Parse($$"""
        {"id":"{{Id}}","characterImageUrl":"/uploads/character_01994fd6b0f37c5aa8b2c1d4e5f60718.jpg",
        "script":"She looks up, smiles and waves.","duration":5,"quality":"768","videoUrl":"/videos/{{Id}}.mp4",
        "status":"completed",
        "createdAt":"2026-11-23T01:09:16.589Z","updatedAt":"2026-11-23T01:09:48.102Z","stage":"done","progress":1,
        "queuePosition":null,"waitReason":null,"attempt":1,"posterUrl":"/videos/{{Id}}.jpg","preview":false,
        "backend":"huggingface",
        "film":{"durationSeconds":5,"width":1366,"height":768,"bytes":1234567,"playbackRate":null,"heldSeconds":0},"error":null,"version":6,"seed":42,
        "negativePrompt":"text, watermark","motion":"medium","regeneratedFrom":null,"cancellation":null,
        "expiry":null,"aspectRatio":"16:9","fit":"cover","sound":true,"model":"wan","requestedModel":null,"characterId":"01994fd5-3c10-7a6e-9b1d-2f3a4b5c6d7e",
        "characterVersion":1,"referencesUsed":"1 of 4","storyboardId":null}
        """)!;

    public static JsonNode InvalidRequest() => JsonNode.Parse("""
        {"type":"https://tools.ietf.org/html/rfc4918#section-11.2","title":"Unprocessable Entity","status":422,
        "detail":"duration must be a whole number of seconds from 3 to 10.","code":"validation_failed","retryable":false,
        "errors":{"duration":["duration must be a whole number of seconds from 3 to 10."]}}
        """)!;

    public static JsonNode StillRunning() => JsonNode.Parse($$"""
        {"type":"https://tools.ietf.org/html/rfc9110#section-15.5.10","title":"Conflict","status":409,
        "detail":"This generation has not finished. Cancel it first, then delete it.","code":"still_running",
        "retryable":true,"generationId":"{{Id}}"}
        """)!;
}
