namespace VideoGen.AppHost;

internal static class Upstreams
{
    /// <summary>
    /// Selects where the silos render: at Hugging Face with the parameter <c>hf-token</c>, at its stand-in, or, without a token,
    /// on this machine. The parameter always has a value, because the start must not wait for someone to enter one.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithUpstreams(
        this IResourceBuilder<ProjectResource> silo, ClusterOptions options)
    {
        var builder = silo.ApplicationBuilder;
        var token = builder.AddParameter("hf-token", () => Token(builder, options), secret: true);
        silo.WithEnvironment("HF_TOKEN", token);
        return options.FakeHub ? silo.WithFakeHub() : silo;
    }

    private static string Token(IDistributedApplicationBuilder builder, ClusterOptions options) =>
        builder.Configuration["Parameters:hf-token"]
        ?? builder.Configuration["HF_TOKEN"]
        ?? builder.Configuration["HUGGING_FACE_TOKEN"]
        ?? (options.FakeHub ? "hf_fake" : "");

    private static IResourceBuilder<ProjectResource> WithFakeHub(this IResourceBuilder<ProjectResource> silo)
    {
        var hub = silo.ApplicationBuilder.AddProject<Projects.VideoGen_FakeHub>("fake-hub")
            .WithHttpEndpoint(env: "PORT")
            .WithHttpHealthCheck("/_control/state")
            .WithoutHttpsCertificate();
        var address = hub.GetEndpoint("http");
        return silo
            .WithEnvironment("VideoGen__HuggingFace__HubUrl", address)
            .WithEnvironment("VideoGen__HuggingFace__RouterUrl", ReferenceExpression.Create($"{address}/router"))
            .WithEnvironment("VideoGen__HuggingFace__AllowLoopback", "true")
            .WaitFor(hub);
    }
}
